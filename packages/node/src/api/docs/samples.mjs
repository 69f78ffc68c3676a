/** Code that asks this route, as one would write it: curl, Java's own client, and this house's TypeScript client or fetch. */
export function samplesOf(method, path, operation) {
  const filled = fill(path, operation.parameters ?? [])
  const type = Object.keys(operation.requestBody?.content ?? {})[0]
  return {
    curl: curl(method, filled, type),
    Java: java(method, filled, type),
    TypeScript: typescript(method, filled, type),
  }
}

const here = location.origin

function fill(path, parameters) {
  return path.replace(/\{(\w+)\}/g, (whole, name) => {
    const schema = parameters.find((each) => each.name === name)?.schema ?? {}
    if (schema.type === 'integer') return String(Math.max(1, schema.minimum ?? 1))
    return schema.enum?.[0] ?? samples[name] ?? whole
  })
}

const samples = { family: 'auction', table: 'session', key: 'SC-2026-12-1', id: '$ID', height: 'latest' }

const fileOf = (type) => (type === 'application/x-ndjson' ? 'acts.ndjson' : 'act.json')

function curl(method, path, type) {
  const body = type === undefined ? '' : ` -H 'content-type: ${type}' --data-binary @${fileOf(type)}`
  const endless = path.endsWith('/stream') ? 'N' : ''
  return `curl -s${endless}${body} '${here}${path}'`
}

function java(method, path, type) {
  const body =
    type === undefined
      ? ''
      : `\n    .header("content-type", "${type}")\n    .POST(HttpRequest.BodyPublishers.ofFile(Path.of("${fileOf(type)}")))`
  return [
    `var request = HttpRequest.newBuilder(URI.create("${here}${path}"))${body}`,
    '    .timeout(Duration.ofSeconds(60)).build();',
    path.endsWith('/stream')
      ? 'HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body().forEach(System.out::println);'
      : 'var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());\nSystem.out.println(answer.statusCode() + " " + answer.body());',
  ].join('\n')
}

const calls = {
  'POST /v1/acts': 'await client.submit(bytes)',
  'POST /v1/acts/bulk': 'await client.submitMany(list)',
  'POST /v1/acts/dry-run': "await client.tryOut(identity, { act: 'auction.order.submit', payload })",
  'GET /v1/stream': 'for await (const listed of client.stream({ after: -1 })) console.log(listed)',
  'GET /v1/receipts': 'for await (const listed of client.receipts()) console.log(listed)',
  'GET /v1/status': 'await client.status()',
  'GET /v1/genesis': 'await client.genesis()',
}

function typescript(method, path, type) {
  const call = calls[`${method} ${path}`]
  if (call !== undefined) {
    return `import { Client } from '@dujiang/client'\n\nconst client = new Client({ nodes: ['${here}'] })\n${call}`
  }
  if (type === undefined) return `const answer = await (await fetch('${here}${path}')).json()`
  return `const answer = await fetch('${here}${path}', {\n  method: '${method}',\n  headers: { 'content-type': '${type}' },\n  body,\n})`
}
