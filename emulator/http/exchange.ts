export type EmulatorRequest = {
  readonly method: string
  /** Path and query, as on the request line. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
}

export type Answer = {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The wait before the answer is sent. */
  readonly delayMs: number
}

/** `reset`: the connection breaks instead of an answer. */
export type EmulatorAnswer = Answer | { readonly kind: 'reset' }

/** Thrown for a request that is wrong; the emulator sends its answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`)
    this.answer = answer
  }
}

/** Thrown when a body ends too early, because of the client or a fault: no client waits for an answer any more. */
export class BrokenBody extends Error {
  override readonly name = 'BrokenBody'
}
