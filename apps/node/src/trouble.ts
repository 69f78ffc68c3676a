/** Something the person at the keyboard can put right. */
export class Trouble extends Error {
  constructor(zh: string, en: string, cause?: unknown) {
    super(`${zh} / ${en}`, cause === undefined ? undefined : { cause })
    this.name = 'Trouble'
  }
}
