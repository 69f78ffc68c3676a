import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { chainIdOf } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { parse, stringify } from 'smol-toml'
import {
  changePeers,
  checkHome,
  ConfigRefused,
  homePaths,
  layOutHome,
  nodeIdOfSecret,
  readHome,
  readPeers,
} from '../../src/network/index.ts'
import { checkClosed, checkKeys, layOver } from '../../src/network/config.ts'
import { cometbft, genesisOf, plans, readText, secret, skip, temporaryFolder } from './homes.ts'

const json = (path: string) => JSON.parse(readText(path)) as Record<string, unknown>

describe('the home of a node pair', () => {
  it('[HOME-1] has keys for its owner alone, which the binary reads as we do', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const paths = homePaths(plan!.home)
    for (const path of [paths.nodeKey, paths.validatorKey, paths.validatorState, paths.peers]) {
      assert.equal(statSync(path).mode & 0o777, 0o600, path)
    }
    assert.equal(statSync(plan!.home).mode & 0o777, 0o700)
    const say = (command: string) =>
      execFileSync(cometbft!.path, [command, '--home', paths.comet], { encoding: 'utf8' }).trim()
    assert.equal(say('show-node-id'), nodeIdOfSecret(plan!.nodeSecret))
    const [validator] = json(paths.cometGenesis)['validators'] as { pub_key: unknown }[]
    assert.deepEqual(JSON.parse(say('show-validator')), validator!.pub_key)
  })

  it('[HOME-2] has a genesis document that follows from the ledger file alone', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    const follows = { appHash: '00'.repeat(32), block: '11'.repeat(32), chain: '22'.repeat(32), height: 41 }
    const genesisBytes = genesisOf(1, { follows })
    await layOutHome({ ...plan!, genesisBytes })
    const document = json(homePaths(plan!.home).cometGenesis)
    assert.equal(document['chain_id'], chainIdOf(nodeCrypto.sha256(genesisBytes)))
    assert.equal(document['genesis_time'], '2026-01-01T00:00:00.001Z')
    assert.equal(document['initial_height'], '42')
    assert.equal(document['app_hash'], '')
    assert.deepEqual((document['consensus_params'] as Record<string, unknown>)['block'], {
      max_bytes: '4194304',
      max_gas: '-1',
    })
  })

  it('[HOME-3] is not laid out twice: what the validator has signed would be forgotten', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    await assert.rejects(layOutHome(plan!), /is there already/)
    const long = { ...plan!, home: `${plan!.home}/${'x'.repeat(100)}` }
    await assert.rejects(layOutHome(long), /too long for a socket/)
  })

  it('[CONF-1] refuses a setting that the binary does not know', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    const settings = { consensus: { next_block_delay: '5s' } }
    await assert.rejects(layOutHome({ ...plan!, settings }), /knows no setting consensus\.next_block_delay/)
    await assert.rejects(
      layOutHome({ ...plan!, settings: { mempool: { size: '9' } } }),
      /mempool\.size is of another type/,
    )

    await layOutHome({ ...plan!, settings: { consensus: { timeout_commit: '50ms' } } })
    await checkHome(plan!.home, cometbft!.path)
    const { config } = homePaths(plan!.home)
    const text = readText(config)
    writeFileSync(config, text.replace('[consensus]', '[consensus]\nnext_block_delay = "5s"'))
    await assert.rejects(checkHome(plan!.home, cometbft!.path), /knows no setting consensus\.next_block_delay/)
  })

  it('[CONF-1] compares keys at every depth, and what they hold', () => {
    const known = parse('a = 1\n[b]\nc = "x"\n[[b.list]]\nd = 1')
    checkKeys(parse('a = 2\n[b]\nc = "y"\n[[b.list]]\ne = 1'), known)
    assert.throws(() => checkKeys(parse('[b]\nd = 1'), known), ConfigRefused)
    assert.throws(() => checkKeys(parse('b = 1'), known), ConfigRefused)
    assert.throws(() => layOver(known, { b: 1 }), ConfigRefused)
    assert.throws(() => layOver(known, { toString: 'x' }), ConfigRefused)
  })

  it('[CONF-2] [CONF-3] refuses what opens the node, or stops its clock', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const config = parse(readText(homePaths(plan!.home).config))
    checkClosed(config)
    const refused = [
      { rpc: { laddr: 'tcp://0.0.0.0:26657' } },
      { rpc: { laddr: 'unix:///tmp/x' } },
      { rpc: { pprof_laddr: ':6060' } },
      { rpc: { grpc_laddr: 'tcp://10.0.0.1:1' } },
      { instrumentation: { prometheus_listen_addr: ':26660' } },
      { proxy_app: 'tcp://127.0.0.1:26658' },
      { abci: 'grpc' },
      { filter_peers: false },
      { p2p: { pex: true } },
      { p2p: { seed_mode: true } },
      { p2p: { libp2p: { enabled: true } } },
      { priv_validator_laddr: 'tcp://0.0.0.0:26659' },
      { priv_validator_laddr: ':26659' },
      { rpc: { unsafe: true } },
      { consensus: { create_empty_blocks: true } },
      { consensus: { create_empty_blocks_interval: '0s' } },
    ]
    for (const settings of refused) {
      assert.throws(() => checkClosed(layOver(config, settings)), ConfigRefused, JSON.stringify(settings))
    }
    for (const signer of ['unix:///run/signer.sock', 'tcp://127.0.0.1:26659']) {
      checkClosed(layOver(config, { priv_validator_laddr: signer }))
    }
  })

  it('[CONF-4] has the settings of the house and the rest as the binary would have it', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 2)
    await layOutHome(plan!)
    const { config } = homePaths(plan!.home)
    assert.match(readText(config), /timeout_propose = "3s"/)
    assert.match(readText(config), /timeout_commit = "50ms"/)
    assert.match(readText(config), /recheck = true/)
    const home = await readHome(plan!.home)
    assert.equal(home.rpcUrl, `http://127.0.0.1:${plan!.ports.rpc}`)
    assert.equal(home.metricsUrl, `http://127.0.0.1:${plan!.ports.cometMetrics}/metrics`)
    assert.equal(home.moniker, 'n0')
    assert.deepEqual(parse(stringify(parse(readText(config)))), parse(readText(config)))
  })

  it('[PEER-2] gets other peers, in the list of who is let in and of who is called', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 2)
    await layOutHome(plan!)
    const paths = homePaths(plan!.home)
    const peer = { nodeId: nodeIdOfSecret(secret(9)), name: 'late', host: '::1', port: 7 }
    await changePeers(plan!.home, [peer])
    assert.deepEqual(await readPeers(paths.peers), [peer])
    assert.ok(readText(paths.config).includes(`persistent_peers = "${peer.nodeId}@[::1]:7"`))
    assert.ok(readText(paths.config).includes(`unconditional_peer_ids = "${peer.nodeId}"`))
    await checkHome(plan!.home, cometbft!.path)
  })
})
