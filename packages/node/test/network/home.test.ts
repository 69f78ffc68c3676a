import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
import { checkClosed, defaultConfig, layOver } from '../../src/network/config.ts'
import { atEnd, cometbft, genesisOf, plans, readText, secret, skip, temporaryFolder } from './homes.ts'

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
    const laid = layOver(known, parse('[b]\nc = "y"\n[[b.list]]\ne = 1'))
    assert.equal(stringify(laid), stringify(parse('a = 1\n[b]\nc = "y"\n[[b.list]]\ne = 1')))
    for (const refused of [
      '[b]\nd = 1',
      'b = 1',
      'a = "1"',
      'a = true',
      '[b]\nc = ["x"]',
      '[b.list]\nd = 1',
      'toString = "x"',
    ]) {
      assert.throws(() => layOver(known, parse(refused)), ConfigRefused, refused)
    }
  })

  it('[CONF-1] [CONF-2] [CONF-3] takes a line that is not there for what the binary then does', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const { config } = homePaths(plan!.home)
    const text = readText(config)
    const without = async (line: RegExp): Promise<void> => {
      assert.match(text, line)
      writeFileSync(config, text.replace(line, ''))
      await checkHome(plan!.home, cometbft!.path)
    }
    const opens = [
      /^filter_peers = .*$/m,
      /^pex = .*$/m,
      /^create_empty_blocks = .*$/m,
      /^create_empty_blocks_interval = .*$/m,
      /^proxy_app = .*$/m,
      // That of RPC, which stands before that for peers.
      /^laddr = .*$/m,
    ]
    for (const line of opens) await assert.rejects(without(line), ConfigRefused, String(line))
    // The binary's own is as good.
    for (const line of [/^unsafe = .*$/m, /^recheck = .*$/m, /^send_rate = .*$/m]) await without(line)
    writeFileSync(config, '[rpc')
    await assert.rejects(checkHome(plan!.home, cometbft!.path), /ConfigRefused: .*config\.toml: Invalid TOML/)
  })

  it('[CONF-6] has the binary’s own defaults, whatever home and settings the environment names', {
    skip,
  }, async (t) => {
    const elsewhere = join(temporaryFolder(t), 'elsewhere')
    mkdirSync(elsewhere)
    const variables = { CMTHOME: elsewhere, TMHOME: elsewhere, CMT_P2P_PEX: 'false', CMTMONIKER: 'other' }
    const before = await defaultConfig(cometbft!.path)
    for (const [name, value] of Object.entries(variables)) {
      const own = process.env[name]
      process.env[name] = value
      atEnd(t, () => (own === undefined ? delete process.env[name] : (process.env[name] = own)))
    }
    assert.deepEqual(await defaultConfig(cometbft!.path), before)
    assert.equal(existsSync(join(elsewhere, 'config')), false)
  })

  it('[CONF-6] refuses another file that the binary would believe', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const { comet, config } = homePaths(plan!.home)
    const others = ['config.toml', 'config.ini', 'config/config.json', 'config/config.yaml']
    for (const other of others.map((name) => join(comet, name))) {
      writeFileSync(other, '')
      await assert.rejects(checkHome(plan!.home, cometbft!.path), (cause: Error) => {
        return cause instanceof ConfigRefused && cause.message.includes(other)
      })
      rmSync(other)
    }
    for (const kept of ['.bak', '.partial']) writeFileSync(`${config}${kept}`, '')
    await checkHome(plan!.home, cometbft!.path)
  })

  it('[CONF-2] [CONF-3] [CONF-5] refuses what opens the node, or stops its clock', { skip }, async (t) => {
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
      { rpc: { laddr: '' } },
      { rpc: { laddr: '127.0.0.1:26657' } },
      { rpc: { laddr: 'tcp://::1:26657' } },
      { mempool: { type: 'nop' } },
      { mempool: { recheck: false } },
      { mempool: { broadcast: false } },
      { consensus: { timeout_propose: '999ms' } },
      { consensus: { timeout_propose: '0s' } },
      { consensus: { timeout_propose: '' } },
    ]
    for (const settings of refused) {
      assert.throws(() => checkClosed(layOver(config, settings)), ConfigRefused, JSON.stringify(settings))
    }
    for (const signer of ['unix:///run/signer.sock', 'tcp://127.0.0.1:26659']) {
      checkClosed(layOver(config, { priv_validator_laddr: signer }))
    }
    checkClosed(layOver(config, { rpc: { laddr: 'tcp://[::1]:26657' }, consensus: { timeout_propose: '1s' } }))
  })

  it('[CONF-4] has the settings of the house and the rest as the binary would have it', { skip }, async (t) => {
    const [plan, other] = await plans(temporaryFolder(t), 2)
    await layOutHome(plan!)
    const { config, socket } = homePaths(plan!.home)
    const otherId = nodeIdOfSecret(other!.nodeSecret)
    // As an operator reads them: each is there for a reason, and none came or went without one.
    const house = {
      moniker: 'n0',
      proxy_app: `unix://${socket}`,
      abci: 'socket',
      filter_peers: true,
      log_level: 'main:info,*:error',
      rpc: { laddr: `tcp://127.0.0.1:${plan!.ports.rpc}` },
      p2p: {
        laddr: `tcp://127.0.0.1:${plan!.ports.p2p.port}`,
        persistent_peers: `${otherId}@127.0.0.1:${other!.ports.p2p.port}`,
        unconditional_peer_ids: otherId,
        pex: false,
        addr_book_strict: false,
        allow_duplicate_ip: true,
        send_rate: 20_000_000,
        recv_rate: 20_000_000,
        flush_throttle_timeout: '10ms',
      },
      mempool: {
        type: 'flood',
        recheck: true,
        size: 20_000,
        max_txs_bytes: 33_554_432,
        cache_size: 100_000,
        max_tx_bytes: 131_072,
        'keep-invalid-txs-in-cache': false,
      },
      consensus: {
        timeout_propose: '3s',
        timeout_commit: '50ms',
        peer_gossip_sleep_duration: '10ms',
        create_empty_blocks: false,
        create_empty_blocks_interval: '1s',
      },
      tx_index: { indexer: 'null' },
      instrumentation: {
        prometheus: true,
        prometheus_listen_addr: `127.0.0.1:${plan!.ports.cometMetrics}`,
      },
    }
    assert.equal(readText(config), stringify(layOver(await defaultConfig(cometbft!.path), house)))
    const home = await readHome(plan!.home)
    assert.equal(home.rpcUrl, `http://127.0.0.1:${plan!.ports.rpc}`)
    assert.equal(home.metricsUrl, `http://127.0.0.1:${plan!.ports.cometMetrics}/metrics`)
    assert.equal(home.moniker, 'n0')
    assert.deepEqual(parse(stringify(parse(readText(config)))), parse(readText(config)))
  })

  it('[CONF-4] listens on an address of IPv6 in the form that the engine reads', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    const p2p = { host: '::', port: plan!.ports.p2p.port }
    await layOutHome({ ...plan!, ports: { ...plan!.ports, p2p } })
    assert.ok(readText(homePaths(plan!.home).config).includes(`laddr = "tcp://[::]:${p2p.port}"`))
    assert.equal((await readHome(plan!.home)).p2pAddress, `[::]:${p2p.port}`)
  })

  it('[CONF-5] [PEER-2] gets other peers where its patience is the binary’s own', { skip }, async (t) => {
    const [plan] = await plans(temporaryFolder(t), 1)
    await layOutHome(plan!)
    const { config } = homePaths(plan!.home)
    const line = /^timeout_propose = .*\n/m
    assert.match(readText(config), line)
    writeFileSync(config, readText(config).replace(line, ''))
    await changePeers(plan!.home, [])
    await checkHome(plan!.home, cometbft!.path)
    assert.doesNotMatch(readText(config), line)
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
