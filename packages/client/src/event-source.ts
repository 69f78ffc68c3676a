/** Far more than the receipt with the most events. */
const EVENT_CHARS_MAX = 32 * 1024 * 1024

/** One server-sent event. */
export interface ServerEvent {
  readonly name: string
  readonly id: string | undefined
  readonly data: string
}

/**
 * Reads server-sent events off a body; comments, such as heartbeats, are events without data. Ends with the body; throws where an
 * event has no end.
 */
export async function* serverEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ServerEvent> {
  // A reader, because not every browser can iterate a stream.
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const seen = Math.max(0, text.length - 1)
    text += chunk.value
    for (let end = text.indexOf('\n\n', seen); end !== -1; end = text.indexOf('\n\n')) {
      yield eventOf(text.slice(0, end))
      text = text.slice(end + 2)
    }
    if (text.length > EVENT_CHARS_MAX) throw new Error(`an event has more than ${EVENT_CHARS_MAX} characters`)
  }
}

function eventOf(block: string): ServerEvent {
  let name = 'message'
  let id: string | undefined
  let data = ''
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    const value = line.slice(colon + 1).replace(/^ /, '')
    const field = line.slice(0, colon)
    if (field === 'event') name = value
    else if (field === 'id') id = value
    else if (field === 'data') data += value
  }
  return { name, id, data }
}
