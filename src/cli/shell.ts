/** Where a program was started by a person or a script: its words, its environment, and what it may write to. */
export type Shell = {
  /** Behind the name of the program. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly folder: string
  /** Where temporary files may be made; absolute. */
  readonly temp: string
  /** Of what was installed, or cloned: where action.yml and package.json are. */
  readonly home: string
  readonly input: AsyncIterable<Uint8Array>
  readonly output: TextStream
  readonly errors: TextStream
  /** What a program prints on one line, without its line end; undefined where it fails or is not there. */
  readonly ask: (program: string, args: readonly string[]) => string | undefined
}

export type TextStream = {
  readonly isTerminal: boolean
  /** Of a terminal. */
  readonly columns: number
  /** Nobody reads what is written from now on. */
  readonly isUnread: boolean
  readonly write: (text: string) => void
  /** Resolves when what was written has been taken, or nobody takes it any more. */
  readonly drained: () => Promise<void>
  /** When all was written: why some of it is missing, other than that nobody read on. */
  readonly loss: () => Promise<Error | undefined>
}

/** 0: done; 1: the verdict fails; 2: wrong use. */
export type ExitCode = 0 | 1 | 2
