/** In what way the two halves of a home do not fit together, by what the engine says of it when it refuses to start. */
const REFUSALS = [
  {
    said: /app block height \(\d+\) is too far below block store base \(\d+\)/,
    means: 'the engine keeps no longer the blocks that the ledger lacks: begin from a snapshot',
  },
  {
    said: /app block height \(\d+\) is higher than core \(\d+\)/,
    means: 'the ledger has blocks that the engine lacks: restore both halves of the home from one moment',
  },
  {
    said: /(?:state|block)\.AppHash does not match AppHash after replay/,
    means: 'the ledger has come to another state than the engine knows of: keep the folder and look into it',
  },
] as const

/** What a line of the engine's log means, where it says that it does not start with this ledger. Rule STILL-7. */
export function halvesApart(line: string): string | undefined {
  return REFUSALS.find(({ said }) => said.test(line))?.means
}
