import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Cluster, type Load, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const MOUNT = 'mount'
const DISK = 'size=64m'
const CHUNK = Buffer.alloc(64 * 1024)

/** Puts what a folder holds on a small disk of its own in its place; false where that cannot be done. */
function onDiskOfItsOwn(folder: string): boolean {
  try {
    execFileSync('cp', ['-a', folder, `${folder}.before`])
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', DISK, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return false
  }
  execFileSync('cp', ['-a', `${folder}.before/.`, folder])
  return true
}

describe('a node whose disk is full', { skip }, () => {
  let cluster: Cluster
  let load: Load | undefined
  let isMounted = false

  before(async () => {
    cluster = await Cluster.layOut({ validators: 1, cometbft, form: 'pairs' })
    isMounted = onDiskOfItsOwn(cluster.member(0).place.home)
  })
  after(async () => {
    await load?.abandon()
    await cluster.stop()
    if (isMounted) execFileSync('umount', [cluster.member(0).place.home])
    await cluster.close()
  })

  it('[CMT-8] loses nothing, both halves of it, and goes on by itself once there is room', async (t) => {
    if (!isMounted) return t.skip('no disk of its own can be mounted here: run as root on Linux')
    await cluster.startAll()
    load = await loadOn(cluster, 3)
    await load.start()
    await load.more(10)
    const filler = join(cluster.member(0).place.home, 'filler')
    const died = cluster.member(0).untilGone('cometbft')
    fill(filler)
    await died
    rmSync(filler)
    const startMs = performance.now()
    await load.more(10)
    t.diagnostic(`${Math.round(performance.now() - startMs)} ms from room until it goes on`)
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [], cluster.lines.join('\n'))
  })
})

function fill(path: string): void {
  try {
    for (;;) appendFileSync(path, CHUNK)
  } catch (cause) {
    assert.equal((cause as NodeJS.ErrnoException).code, 'ENOSPC')
  }
}
