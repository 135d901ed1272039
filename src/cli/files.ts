import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import * as native from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type WorkspaceFile, describeFiles, leadsOut, pathFrom } from '../github/file.ts'
import { type Excludes, excludesAmong, namesIn } from '../github/pattern.ts'
import type { PatternMatch, Workspace } from '../github/workspace.ts'
import type { Content } from '../lib/content.ts'
import { codeOf, systemReason } from '../lib/errors.ts'
import { nearestName } from '../lib/similar-names.ts'
import type { Shell } from './shell.ts'

/** A file that the user named: its name in the run, and the name that was given. */
export type GivenFile = {
  /** Relative to the folder, with `/` between segments; for a file outside of it, its base name. */
  readonly name: string
  readonly given: string
  /** Absolute. */
  readonly path: string
  /** Outside of the folder in which the program was started. */
  readonly isOutside: boolean
}

type GivenIn = Pick<Shell, 'folder' | 'temp' | 'input'>

/** The files, folders and patterns after a command, and the files that options name. */
export class GivenFiles implements AsyncDisposable {
  readonly #shell: GivenIn
  readonly #byPattern = new Map<string, GivenFile[]>()
  readonly #byName = new Map<string, GivenFile>()
  readonly #patterns = new Set<string>()
  readonly #signal: AbortSignal
  readonly faults: string[] = []
  #temp: string | undefined

  /** @param signal stops the reading of standard input, which may never end */
  constructor(shell: GivenIn, signal: AbortSignal) {
    this.#shell = shell
    this.#signal = signal
  }

  /** Adds a file, a folder, a pattern, or `-` for standard input. @throws Cancelled */
  async add(word: string): Promise<void> {
    // Probably an unset shell variable, which must not become the whole folder.
    if (word === '') this.faults.push('The name of a file is empty; a variable may be unset')
    else if (word === '-') await this.#addInput()
    else await this.#addPath(word)
  }

  /**
   * Adds a file that an option names. @returns its name in the run; undefined, with a fault, if there is no such file
   */
  async addNamed(option: string, word: string): Promise<string | undefined> {
    const found = await lookUp(word, this.#shell.folder)
    const fault = await this.#faultOf(word, found)
    if (found.kind === 'file') {
      const file = await this.#nameOf(word, found.path)
      this.#byName.set(file.name, file)
      return file.name
    }
    this.faults.push(`${option}: ${fault ?? `${JSON.stringify(word)} is a folder, not a file`}`)
    return undefined
  }

  /** The patterns for the input `glob`. */
  patterns(): readonly string[] {
    return Array.from(this.#patterns)
  }

  /** The name of the file as the user gave it. */
  shownName(name: string): string {
    return this.#byName.get(name)?.given ?? name
  }

  /**
   * The same workspace, in which the given files are found wherever they are. `seen` receives each file, and returns
   * its content, which it may watch.
   */
  open(inner: Workspace, seen: (file: WorkspaceFile) => Content): Workspace {
    const watched = ({ files, ...match }: PatternMatch): PatternMatch => ({
      ...match,
      files: files.map((file) => ({ ...file, content: seen(file) })),
    })
    return {
      ...inner,
      find: async (patterns, signal) => {
        const others = patterns.filter((pattern) => !this.#byPattern.has(pattern))
        const excludes = excludesAmong(patterns, namesIn(this.#shell.folder))
        const describe = describeInFolders()
        const own = patterns.flatMap((pattern, at) => this.#find({ pattern, at, excludes, describe }))
        return [...own, ...(others.length === 0 ? [] : await inner.find(others, signal))].map(watched)
      },
      read: async (name) => {
        const file = this.#byName.get(name)
        return file?.isOutside ? await readFile(file.path, 'utf8') : await inner.read(name)
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#temp !== undefined) await rm(this.#temp, { recursive: true, force: true })
  }

  #addFile(file: GivenFile): void {
    const pattern = escapePattern(file.name)
    this.#patterns.add(pattern)
    this.#byPattern.set(pattern, [...(this.#byPattern.get(pattern) ?? []), file])
    this.#byName.set(file.name, file)
  }

  async #addInput(): Promise<void> {
    if (this.#temp === undefined) this.#addFile(await this.#readInput())
    else this.faults.push('"-" is given twice, and standard input can be read once')
  }

  async #addPath(word: string): Promise<void> {
    const found = await lookUp(word, this.#shell.folder)
    const pattern = word.replaceAll('\\', '/')
    // Windows shells leave patterns to the program.
    if (found.kind === 'none' && /[*?[]/.test(pattern)) this.#addPattern(word, pattern)
    else if (found.kind === 'file') this.#addFile(await this.#nameOf(word, found.path))
    else if (found.kind === 'folder') this.#addFolder(word, found.path)
    else {
      const hint = found.kind === 'other' ? '; "-" reads standard input' : ''
      this.faults.push(asSentence(`${await this.#faultOf(word, found)}${hint}`))
    }
  }

  /** The search starts in the folder, and accepts only patterns inside it. */
  #addPattern(word: string, pattern: string): void {
    const isPlain = !native.isAbsolute(pattern) && !pattern.split('/').includes('..')
    const { name, isOutside } = nameIn(this.#shell.folder, native.resolve(this.#shell.folder, pattern))
    if (isPlain) this.#patterns.add(pattern)
    else if (isOutside) this.faults.push(`${JSON.stringify(word)} is a pattern outside of this folder; name its files`)
    else this.#patterns.add(name)
  }

  #addFolder(word: string, path: string): void {
    const { name, isOutside } = nameIn(this.#shell.folder, path)
    if (isOutside) this.faults.push(`${JSON.stringify(word)} is a folder outside of this one; name its files`)
    else this.#patterns.add(name === '' ? '**' : `${escapePattern(name)}/**`)
  }

  /** Why a path is neither a file nor a folder. */
  async #faultOf(word: string, found: LookedUp): Promise<string | undefined> {
    const name = JSON.stringify(word)
    if (found.kind === 'none') return `there is no file ${name}${await nearestFile(word, this.#shell.folder)}`
    if (found.kind === 'unreadable') return `cannot read ${name}: ${found.why}`
    return found.kind === 'other' ? `${name} is not a regular file` : undefined
  }

  /** A file outside of the folder must not have the name of another one, such as one in the folder that a pattern finds. */
  async #nameOf(given: string, path: string): Promise<GivenFile> {
    const named = nameIn(this.#shell.folder, path)
    if (!named.isOutside || !(await this.#isTaken(named.name, path))) return { ...named, given, path }
    return { ...named, name: `${this.#byName.size + 1}/${named.name}`, given, path }
  }

  async #isTaken(name: string, path: string): Promise<boolean> {
    const known = this.#byName.get(name)
    if (known !== undefined) return known.path !== path
    return (await lookAt(native.resolve(this.#shell.folder, name))).kind !== 'none'
  }

  #find({ pattern, at, excludes, describe }: NamedSearch): readonly PatternMatch[] {
    const given = this.#byPattern.get(pattern)
    if (given === undefined) return []
    const judged = given.map((file) => ({
      file,
      by: file.isOutside ? [] : excludes.matching(file.name.normalize('NFC'), at),
    }))
    const left = judged.flatMap(({ file, by }) => (by.length === 0 ? [file] : []))
    const usedExcludes = [...new Set(judged.flatMap(({ by }) => by.map(({ text }) => text)))]
    const files = left.map(({ name, path, isOutside }): WorkspaceFile => {
      const found = describe(isOutside ? native.dirname(path) : this.#shell.folder, path)
      return isOutside ? { ...found, path: name, realPath: name, isLinked: false } : found
    })
    return [{ pattern, files, excluded: left.length === 0 ? given.length : 0, usedExcludes }]
  }

  async #readInput(): Promise<GivenFile> {
    this.#temp ??= await mkdtemp(native.join(this.#shell.temp, 'publish-stdin-'))
    const path = native.join(this.#temp, 'stdin')
    let head: Uint8Array = new Uint8Array()
    async function* noted(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of input) {
        if (head.length < SNIFFED_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFFED_BYTES)])
        yield chunk
      }
    }
    const [output, signal] = [createWriteStream(path, { mode: 0o600 }), this.#signal]
    await pipeline(this.#shell.input, noted, output, { signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw error
    })
    return { name: `stdin${extensionFor(head)}`, given: '<stdin>', path, isOutside: true }
  }
}

type NamedSearch = {
  readonly pattern: string
  /** Its position among all patterns. */
  readonly at: number
  readonly excludes: Excludes
  readonly describe: DescribeIn
}

type DescribeIn = (folder: string, path: string) => WorkspaceFile

/** Each folder is read once, however many of its files are named. */
function describeInFolders(): DescribeIn {
  const known = new Map<string, ReturnType<typeof describeFiles>>()
  return (folder, path) => {
    const describe = known.get(folder) ?? describeFiles(folder)
    known.set(folder, describe)
    return describe(path)
  }
}

const SNIFFED_BYTES = 64

/** Standard input has no name, so its first bytes decide. */
function extensionFor(head: Uint8Array): string {
  const text = Buffer.from(head).toString('latin1')
  if (text.startsWith('PAR1')) return '.parquet'
  return /^\s*[[{]/.test(text) ? '.json' : '.csv'
}

type LookedUp =
  | { readonly kind: 'file' | 'folder' | 'other'; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly why: string }

const NOT_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL'])

/** On Windows, backslashes separate segments. Elsewhere, a path with backslashes may have been written on Windows. */
async function lookUp(word: string, folder: string): Promise<LookedUp> {
  const ways = word.includes('\\') ? [word, word.replaceAll('\\', '/')] : [word]
  for (const way of ways) {
    const found = await lookAt(native.resolve(folder, way))
    if (found.kind !== 'none') return found
  }
  return { kind: 'none' }
}

async function lookAt(path: string): Promise<LookedUp> {
  try {
    const found = await stat(path)
    return { path, kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other' }
  } catch (error) {
    if (NOT_THERE.has(codeOf(error))) return { kind: 'none' }
    return { kind: 'unreadable', why: systemReason(error) }
  }
}

type NameInFolder = Pick<GivenFile, 'name' | 'isOutside'>

/** The part of `node:path` that differs between systems. */
type Style = Pick<native.PlatformPath, 'relative' | 'isAbsolute' | 'sep' | 'basename'>

/** The name of a file in a run of this folder. Both paths are absolute. */
export function nameIn(folder: string, path: string, style: Style = native): NameInFolder {
  if (leadsOut(folder, path, style)) return { name: style.basename(path), isOutside: true }
  return { name: pathFrom(folder, path, style), isOutside: false }
}

function asSentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** Escapes a name for `glob`: special characters become `?`, which is enough because the file is known. */
function escapePattern(name: string): string {
  return name.replace(/^[#!\s]|[[\]{}*?\\\p{Cc}]|\s$/gu, '?')
}

async function nearestFile(word: string, folder: string): Promise<string> {
  const path = native.resolve(folder, word)
  const name = native.basename(path)
  const names = await readdir(native.dirname(path)).catch(() => [])
  // An entry with exactly this name is a broken link, or its name is not written in UTF-8.
  const nearest = nearestName(
    name,
    names.filter((other) => other !== name),
  )
  return nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`
}
