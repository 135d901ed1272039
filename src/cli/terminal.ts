import type { AnnotationPlace, Runner } from '../github/runner.ts'
import type { InputSource } from '../inputs/sources.ts'
import type { Content } from '../lib/content.ts'
import { escapeUntrusted, formatBytes, formatDuration } from '../lib/text.ts'
import type { Clock } from '../lib/time.ts'
import type { Shell, TextStream } from './shell.ts'
import { asCommand } from './wording.ts'

export type TerminalSetup = {
  readonly shell: Shell
  readonly clock: Clock
  readonly source: InputSource
  /** Standard output is for data, so the log goes to standard error. */
  readonly isLogApart: boolean
  readonly isVerbose: boolean
  /** The name of a file as the user gave it. */
  readonly shownName: (name: string) => string
}

/** A terminal or a pipe that takes the place of a runner. */
export class Terminal {
  readonly #setup: TerminalSetup
  readonly #log: TextStream
  readonly #progress: ReadingProgress
  #kept = new Map<string, string>()
  #fails = false

  constructor(setup: TerminalSetup) {
    this.#setup = setup
    const { output, errors } = setup.shell
    this.#log = setup.isLogApart ? errors : output
    this.#progress = new ReadingProgress(setup)
  }

  runner(): Runner {
    const { shell, source, isVerbose } = this.#setup
    return {
      ...source,
      info: (text) => this.#say(escapeUntrusted(asCommand(text))),
      debug: (text) => {
        if (isVerbose) this.#write(shell.errors, `${escapeUntrusted(text)}\n`)
      },
      warning: (text, place) => this.#annotate('warning', text, place),
      error: (text, place) => this.#annotate('error', text, place),
      mask: () => undefined,
      output: () => undefined,
      saveState: () => undefined,
      savedState: () => '',
      summary: async () => undefined,
      keep: async (name, text) => {
        this.#kept.set(name, text)
        return ''
      },
      fail: () => {
        this.#fails = true
      },
    }
  }

  get fails(): boolean {
    return this.#fails
  }

  /** What a runner would have kept as a file. */
  kept(name: string): string {
    return this.#kept.get(name) ?? ''
  }

  /** Prints text unchanged on standard output. */
  print(text: string): void {
    this.#write(this.#setup.shell.output, text)
  }

  /** The same content; a terminal shows how much of it was read. */
  watch(content: Content): Content {
    return this.#progress.watch(content)
  }

  end(): void {
    this.#progress.clear()
  }

  /** Writes the place first, as compilers do: editors and terminals link to it. */
  #annotate(level: 'error' | 'warning', text: string, place: AnnotationPlace = {}): void {
    const word = this.#paint(level, placeText(place, this.#setup.shownName) === '' ? WORDS[level] : level)
    const at = placeText(place, this.#setup.shownName)
    const code = place.title === undefined ? '' : ` [${place.title}]`
    this.#say(`${escapeUntrusted(at)}${word}: ${escapeUntrusted(asCommand(text))}${escapeUntrusted(code)}`)
  }

  #paint(level: 'error' | 'warning', text: string): string {
    return isColoured(this.#log, this.#setup.shell) ? `\u001b[${COLOURS[level]}m${text}\u001b[0m` : text
  }

  #say(text: string): void {
    this.#write(this.#log, `${text}\n`)
  }

  #write(stream: TextStream, text: string): void {
    this.#progress.clear()
    stream.write(text)
  }
}

const WORDS = { error: 'Error', warning: 'Warning' } as const

/** SGR: bold and red, bold and yellow. */
const COLOURS = { error: '1;31', warning: '1;33' } as const

function placeText({ file, line, column }: AnnotationPlace, shownName: (name: string) => string): string {
  if (file === undefined) return ''
  const numbers = [line, column].filter((number) => number !== undefined)
  // A name with a line break must not end the line.
  return `${[shownName(file).replace(/[\r\n]/g, (sign) => (sign === '\n' ? '\\n' : '\\r')), ...numbers].join(':')}: `
}

/** https://no-color.org: any value but an empty one. */
function isColoured({ isTerminal }: TextStream, { env }: Pick<Shell, 'env'>): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

/** A run that ends sooner shows no progress. */
const FIRST_MS = 400
const BETWEEN_MS = 100
const BAR = 24

/** Shows how much of the files was read: only on a terminal, in one line that is redrawn. */
class ReadingProgress {
  readonly #stream: TextStream
  readonly #clock: Clock
  readonly #isShown: boolean
  #total = 0
  #read = 0
  #startMs: number | undefined
  #drawnMs = 0
  #isDrawn = false

  constructor({ shell, clock }: TerminalSetup) {
    this.#stream = shell.errors
    this.#clock = clock
    this.#isShown = shell.errors.isTerminal && shell.env['TERM'] !== 'dumb'
  }

  watch(content: Content): Content {
    if (!this.#isShown) return content
    this.#total += content.size
    return counted(content, (bytes) => this.#add(bytes))
  }

  clear(): void {
    if (this.#isDrawn) this.#stream.write('\r\u001b[K')
    this.#isDrawn = false
  }

  #add(bytes: number): void {
    const now = this.#clock.now()
    this.#startMs ??= now
    this.#read = Math.min(this.#total, this.#read + bytes)
    if (now - this.#startMs < FIRST_MS || now - this.#drawnMs < BETWEEN_MS) return
    this.#drawnMs = now
    this.#isDrawn = true
    // The last column stays empty: otherwise a terminal would begin another line.
    const most = Math.max(0, this.#stream.columns - 1)
    const text = progressText({ read: this.#read, total: this.#total, ms: now - this.#startMs }, most)
    this.#stream.write(`\r${text.slice(0, most)}\u001b[K`)
  }
}

type Read = { readonly read: number; readonly total: number; readonly ms: number }

/** `[############............]  50 %  1.2 GB of 2.4 GB  310.0 MB/s  3.9 s left`; the bar, and then the time, only where they fit */
export function progressText({ read, total, ms }: Read, columns: number): string {
  const share = total === 0 ? 1 : read / total
  const filled = Math.round(share * BAR)
  const perMs = ms === 0 ? 0 : read / ms
  const left = perMs === 0 ? '' : `  ${formatDuration((total - read) / perMs)} left`
  const rate = formatBytes(Math.round(perMs * 1000))
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`
  const numbers = `${percent}  ${formatBytes(read)} of ${formatBytes(total)}  ${rate}/s`
  const full = `[${'#'.repeat(filled).padEnd(BAR, '.')}] ${numbers}${left}`
  return [full, `${numbers}${left}`, numbers].find((text) => text.length <= columns) ?? percent
}

/** The same content, whose bytes are counted when they are read; a slice counts its own. */
function counted(content: Content, count: (bytes: number) => void): Content {
  const { fill } = content
  return {
    size: content.size,
    slice: (start, end) => counted(content.slice(start, end), count),
    async *bytes() {
      for await (const chunk of content.bytes()) {
        count(chunk.length)
        yield chunk
      }
    },
    ...(fill === undefined
      ? {}
      : {
          fill: (into: Uint8Array, start: number) => {
            fill(into, start)
            count(into.length)
          },
        }),
  }
}
