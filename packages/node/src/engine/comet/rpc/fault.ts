/** Why a request to the cometbft process gave nothing to work with. */
export type RpcTrouble =
  /** No answer: the process is not there, has ended meanwhile, or took too long. */
  | 'noAnswer'
  /** It answered with an error of its own; `message` is its text. */
  | 'refused'
  /** It answered something that this client cannot read; `message` says where. */
  | 'unreadable'

/** A fault of the cometbft process or of the way to it. Asking again later is always allowed. */
export class RpcFault extends Error {
  readonly trouble: RpcTrouble

  constructor(trouble: RpcTrouble, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RpcFault'
    this.trouble = trouble
  }
}
