import { serveAbci } from '@dujiang/node/abci'
import { CountingApp } from '@dujiang/testing/abci'

// Our server with an app that does nothing: `node counting-process.ts SOCKET RESULT_BYTES`. Ends with its input.
const [socket, resultBytes] = process.argv.slice(2)
if (socket === undefined) throw new Error('a socket is needed')

const app = new CountingApp(Number(resultBytes))
const server = await serveAbci(socket, app, {
  onFailure: (cause) => {
    console.error(cause)
    process.exit(1)
  },
})
console.log(JSON.stringify({ ready: true }))
for await (const _chunk of process.stdin);
await server.close()
