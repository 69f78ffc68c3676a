import type { CryptoProvider } from '@dujiang/core/crypto'
import { LogController, fastify } from 'fastify'
import { type Clock, realClock } from '../seams/index.ts'
import type { NodeMetrics } from '../metrics/index.ts'
import type { LedgerNode } from '../service/ledger-node.ts'
import { okText } from './answer.ts'
import { BlockActs } from './block-acts.ts'
import { Connections } from './closing.ts'
import { Bodies } from './bodies.ts'
import type { Context, Lists } from './context.ts'
import { serveDocs } from './docs-page.ts'
import type { Doors } from './doors.ts'
import { answerTroubles, refuseWhenClosing, sayBadUrl, sayMalformed } from './troubles.ts'
import { type ApiLimits, defaultLimits } from './limits.ts'
import { type ApiLog, loggerOf, logRequests, timeRequests } from './log.ts'
import { allowOrigins } from './origins.ts'
import { otherOrigins } from './other-nodes.ts'
import { inBothLanguages } from './openapi/chinese.ts'
import { openApi } from './openapi/page.ts'
import { OwnPages } from './own-pages.ts'
import type { Pages } from './pages.ts'
import { ProofWait } from './proof-wait.ts'
import { ReceiptTexts } from './receipt-texts.ts'
import type { Route } from './route.ts'
import { aboutRoutes } from './routes/about.ts'
import type { Witness } from '../witness/index.ts'
import { blockRoutes } from './routes/blocks.ts'
import { dryRunRoute } from './routes/dry-run.ts'
import { listRoutes } from './routes/lists.ts'
import { lightRoutes } from './routes/light.ts'
import { type NodesNow, nodesRoute } from './routes/nodes.ts'
import { checkpointRoute } from './routes/checkpoint.ts'
import { receiptRoutes } from './routes/receipts.ts'
import { seenRoutes } from './routes/seen.ts'
import { stateRoutes } from './routes/state.ts'
import { streamRoute } from './routes/stream.ts'
import { submitRoutes } from './routes/submit.ts'
import { mount } from './mount.ts'
import { shareConnections } from './connections.ts'
import { Streams } from './streams.ts'
import { Subjects } from './subjects.ts'
import { type ApiTls, renewTls, tlsServer } from './tls.ts'
import { Visibility } from './visibility.ts'
import { webhookSource } from './webhook-source.ts'
import { type WebhookOptions, Webhooks } from '../webhooks/index.ts'

export interface ApiOptions {
  readonly node: LedgerNode
  readonly doors: Doors
  readonly crypto: CryptoProvider
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  readonly log: ApiLog
  readonly clock?: Clock
  readonly limits?: Partial<ApiLimits>
  /** Addresses of proxies before it: what they say is the address of who asks, and is believed. */
  readonly proxies?: readonly string[]
  /** Origins whose pages a browser may let call this API, besides those of the nodes that this one names; none unless told. */
  readonly origins?: readonly string[]
  /** In the clear unless told, which is for one machine and for a proxy before it. */
  readonly tls?: ApiTls
  /** Signs checkpoints; without one there are none. */
  readonly witness?: Pick<Witness, 'newest'>
  /** Further doors of whoever wires the node, such as those of a demo. They stand in the OpenAPI page as well. */
  readonly routes?: readonly Route[]
  /** Says in the status that nothing here is in earnest. */
  readonly demo?: true
  /** The nodes of the ledger, for whoever looks for another; asked anew as they change, none unless told. */
  readonly nodes?: NodesNow
  /** Pages served beside it, such as the console; none unless told. */
  readonly pages?: Pages
  /** The tables that follow the ledger; without them there are no lists. */
  readonly projections?: Lists
  /** Has receipts pushed to the operator's subscriptions; to nobody unless told. */
  readonly webhooks?: WebhookOptions
  /** Told how long each request took, and shown how the lists and the subscriptions stand. */
  readonly metrics?: Pick<NodeMetrics, 'answered' | 'watchLists' | 'watchWebhooks'>
}

export interface Api {
  /** Where it listens, e.g. `http://127.0.0.1:7300`. */
  readonly url: string
  /** Shows and demands these from the next connection on; those that are open go on. Throws when they do not fit together. */
  renewTls(tls: ApiTls): void
  /**
   * Takes in nothing more, finishes what waits, ends the streams. Whoever opened the node stops it meanwhile, lest somebody waits
   * for a block that does not come, and closes it afterwards.
   */
  close(): Promise<void>
}

/** Serves a ledger over HTTP. Rules: SPEC.md beside this file. */
export async function serveApi(options: ApiOptions): Promise<Api> {
  const { node, doors, crypto, clock = realClock } = options
  const limits = { ...defaultLimits, ...options.limits }
  const acts = new BlockActs(node, crypto.sha256)
  const visibility = new Visibility(doors, () => node.view(), acts)
  const subjects = new Subjects(acts)
  const texts = new ReceiptTexts(doors)
  const lists = options.projections === undefined ? {} : { lists: options.projections }
  const context: Context = { node, doors, crypto, clock, limits, visibility, texts, subjects, ...lists }
  const proofs = new ProofWait(node, clock, limits.proofWaitMs)
  const streams = new Streams(context)

  const http = {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.requestTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveMs,
    // Node looks every thirty seconds unless told, so that slow requests would live twice as long as they may.
    connectionsCheckingInterval: Math.min(limits.requestTimeoutMs, 5_000),
  }
  const app = fastify({
    ...(options.tls === undefined ? {} : { serverFactory: tlsServer(options.tls, http) }),
    logger: loggerOf(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.proxies === undefined ? false : [...options.proxies],
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: 'idle',
    // We say it in our own form.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: sayBadUrl(doors),
    http,
    clientErrorHandler: sayMalformed(doors),
    routerOptions: { maxParamLength: 512, querystringParser: () => ({}) },
  })
  app.server.maxConnections = limits.connectionsMax
  if (options.proxies === undefined) shareConnections(app.server, limits.connectionsPerAddressMax)
  // Acts are bytes: nothing may read them as JSON and write them again. A route reads its body itself, if it wants one.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _body, done) => done(null))
  logRequests(app)
  if (options.metrics !== undefined) timeRequests(app, options.metrics)
  const closing = refuseWhenClosing(app, doors)
  const connections = new Connections(app.server)
  const others = otherOrigins(clock, options.nodes)
  allowOrigins(app, options.origins ?? [], others)
  app.addHook('preClose', async () => {
    closing.begin()
    streams.end()
    proofs.end()
    connections.beginClosing()
  })

  let webhooks: Webhooks | undefined
  const routes: Route[] = [
    ...submitRoutes(context, proofs),
    dryRunRoute(context),
    ...receiptRoutes(context),
    ...blockRoutes(context),
    ...lightRoutes(context),
    ...stateRoutes(context),
    ...seenRoutes(context),
    ...listRoutes(context),
    ...aboutRoutes(context, options.demo === true, () => webhooks?.stand()),
    checkpointRoute(options.witness),
    nodesRoute(options.nodes),
    ...(options.routes ?? []),
  ]
  const stream = streamRoute(context, streams)
  routes.push({
    method: 'GET',
    path: '/openapi.json',
    title: { zh: '接口说明', en: 'This API as OpenAPI 3.1' },
    params: [],
    answers: { 200: { says: 'The page', schema: 'OpenApi' } },
    handle: () => okText(page),
  })
  const page = JSON.stringify(inBothLanguages(openApi(doors, [...routes, stream.route], options.demo)))
  const shared = { bodies: new Bodies(limits), ownPages: new OwnPages(options.host, options.origins ?? []) }
  for (const route of routes) mount(app, context, shared, route)
  stream.mount(app)
  serveDocs(app)
  answerTroubles(app, context, [...routes, stream.route], others, options.pages)
  const listening = await app.listen({ host: options.host, port: options.port })
  // The framework does not know what its server speaks.
  const url = options.tls === undefined ? listening : listening.replace('http:', 'https:')
  const { projections } = options
  if (projections !== undefined) options.metrics?.watchLists(() => projections.status())
  // Not before: a door that cannot be opened here is opened elsewhere, and must not push twice.
  if (options.webhooks !== undefined) {
    const pushed = new Webhooks(webhookSource(context), clock, options.webhooks)
    options.metrics?.watchWebhooks(() => pushed.stand())
    webhooks = pushed
  }
  const close = async (): Promise<void> => {
    const patience = clock.wakeAfter(limits.closingMs, () => connections.endAll())
    await Promise.all([app.close(), webhooks?.close()])
    patience()
  }
  return { url, renewTls: (tls) => renewTls(app.server, tls), close }
}
