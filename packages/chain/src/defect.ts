/** The impossible happened: the node stops and says which invariant it was. A node that guesses is worse than one that is down. */
export class Defect extends Error {
  readonly invariant: string

  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`)
    this.name = 'Defect'
    this.invariant = invariant
  }
}
