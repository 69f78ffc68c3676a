import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readOptions } from '../src/options.ts'
import { Trouble } from '../src/trouble.ts'

const defaults = { dataDir: '/d', gateSeconds: 5, usage: 'as it is used' }

describe('the options of npm start', () => {
  it('are all optional', () => {
    assert.deepEqual(readOptions([], defaults), {
      dataDir: '/d',
      once: false,
      json: false,
      idle: false,
      help: false,
      gateSeconds: 5,
    })
  })

  it('are read as they are written', () => {
    const args = ['--season', 'wet', '--once', '--json', '--data', '/elsewhere', '--port', '7000', '--gate', '9']
    assert.deepEqual(readOptions(args, defaults), {
      dataDir: '/elsewhere',
      port: 7000,
      season: 'wet',
      once: true,
      json: true,
      idle: false,
      help: false,
      gateSeconds: 9,
    })
  })

  it('let the ledger be served without a session', () => {
    assert.equal(readOptions(['--idle'], defaults).idle, true)
  })

  it('say of a network which nodes keep lists, and of one ledger nothing', () => {
    assert.equal(readOptions([], { ...defaults, lists: 'all' }).lists, 'all')
    assert.equal(readOptions(['--lists', 'SCPX'], { ...defaults, lists: 'all' }).lists, 'SCPX')
    assert.throws(() => readOptions(['--lists', 'SCPX'], defaults), Trouble)
  })

  it('are refused when they are unknown or out of range', () => {
    for (const args of [
      ['--seasons'],
      ['--season', 'plum'],
      ['--port', '0'],
      ['--port', 'x'],
      ['--gate', '0'],
      ['now'],
      ['--data', ''],
    ]) {
      assert.throws(() => readOptions(args, defaults), Trouble, args.join(' '))
    }
  })
})
