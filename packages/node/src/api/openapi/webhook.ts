import { named, text } from './forms.ts'

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: text(),
})

/** What an operator's subscriptions are sent, as OpenAPI words it. Rules HOOK-1 to HOOK-9. */
export const deliveries = {
  post: {
    operationId: 'deliver',
    tags: ['follow'],
    summary: 'Receipts, sent to a subscription of the node’s operator; again until it is answered with 2xx',
    'x-summary-zh': '推送回执：由节点运营方登记的订阅，未得 2xx 即重发',
    parameters: [
      header('dujiang-timestamp', 'When it was signed, UTC milliseconds'),
      header(
        'dujiang-signature',
        'Ed25519 by the node over "dujiang/webhook/1\\n" + timestamp + "\\n" + the body’s bytes, hexadecimal',
      ),
      header('dujiang-hmac', 'HMAC-SHA256 over the same bytes with the shared secret, hexadecimal'),
      header('dujiang-node', 'The node’s public key'),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: named('Delivery') } } },
    responses: {
      '2XX': { description: 'Taken: the next delivery goes on after it' },
      default: { description: 'Not taken: the same receipts come again, after a pause that grows' },
    },
  },
}
