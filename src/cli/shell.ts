/** How a user or a script started the program: its arguments, its environment and its streams. */
export type Shell = {
  /** The arguments after the program's name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly folder: string
  /** Folder for temporary files; absolute. */
  readonly temp: string
  /** Root folder of the package or the clone: it contains action.yml and package.json. */
  readonly home: string
  readonly input: AsyncIterable<Uint8Array>
  readonly output: TextStream
  readonly errors: TextStream
  /** What a program prints on one line, without its line end; undefined if it fails or does not exist. */
  readonly ask: (program: string, args: readonly string[]) => string | undefined
}

export type TextStream = {
  readonly isTerminal: boolean
  /** The width of a terminal. */
  readonly columns: number
  /** The reader is gone: nothing that is written from now on is read. */
  readonly isUnread: boolean
  readonly write: (text: string) => void
  /** Resolves when the stream has taken what was written, or takes nothing anymore. */
  readonly drained: () => Promise<void>
  /** After all writes: why some text is missing, unless the reader stopped reading. */
  readonly loss: () => Promise<Error | undefined>
}

/** 0: done; 1: the verdict fails; 2: wrong use. */
export type ExitCode = 0 | 1 | 2
