import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises'
import * as native from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type WorkspaceFile, describeFiles, leadsOut, pathFrom } from '../github/file.ts'
import type { PatternMatch, Workspace } from '../github/workspace.ts'
import type { Content } from '../lib/content.ts'
import { codeOf } from '../lib/errors.ts'
import { nearestName } from '../lib/text.ts'
import type { Shell } from './shell.ts'

/** A file that a person named: what it is called in the run, and what they called it. */
export type GivenFile = {
  /** From the folder, `/` between segments; of a file outside of it, its name. */
  readonly name: string
  readonly given: string
  /** Absolute. */
  readonly path: string
  /** Outside of the folder in which the program was started. */
  readonly isOutside: boolean
}

/** Files, folders and patterns behind a command, and the files that options name. */
export class GivenFiles implements AsyncDisposable {
  readonly #shell: Pick<Shell, 'folder' | 'temp' | 'input'>
  readonly #byPattern = new Map<string, GivenFile[]>()
  readonly #byName = new Map<string, GivenFile>()
  readonly #patterns = new Set<string>()
  readonly faults: string[] = []
  #temp: string | undefined

  constructor(shell: Pick<Shell, 'folder' | 'temp' | 'input'>) {
    this.#shell = shell
  }

  /** A file, a folder, a pattern, or `-` for standard input. */
  async add(word: string): Promise<void> {
    if (word === '-') return this.#addFile(await this.#readInput())
    const found = await lookUp(word, this.#shell.folder)
    if (found === undefined) return this.#addPattern(word)
    const file = this.#nameOf(word, found.path)
    if (found.kind === 'file') return this.#addFile(file)
    if (found.kind === 'folder' && !file.isOutside)
      this.#patterns.add(file.name === '' ? '**' : `${escapePattern(file.name)}/**`)
    else if (found.kind === 'folder')
      this.faults.push(`${JSON.stringify(word)} is a folder outside of this one; name its files`)
    else this.faults.push(`${JSON.stringify(word)} is not a regular file`)
  }

  /** A file that an option names. @returns what it is called in the run; undefined where there is no such file */
  async addNamed(word: string): Promise<string | undefined> {
    const found = await lookUp(word, this.#shell.folder)
    if (found === undefined || found.kind !== 'file') return undefined
    const file = this.#nameOf(word, found.path)
    this.#byName.set(file.name, file)
    return file.name
  }

  /** For the input `glob`. */
  patterns(): readonly string[] {
    return Array.from(this.#patterns)
  }

  /** What a person called the file. */
  shownName(name: string): string {
    return this.#byName.get(name)?.given ?? name
  }

  /** The same folder, in which the given files are found wherever they are. `seen` is told what each holds, and may watch it. */
  open(inner: Workspace, seen: (file: WorkspaceFile) => Content): Workspace {
    const watched = ({ files, ...match }: PatternMatch): PatternMatch => ({
      ...match,
      files: files.map((file) => ({ ...file, content: seen(file) })),
    })
    return {
      ...inner,
      find: async (patterns) => {
        const others = patterns.filter((pattern) => !this.#byPattern.has(pattern))
        const describe = describeInFolders()
        const own = patterns.flatMap((pattern) => this.#find(pattern, describe))
        return [...own, ...(others.length === 0 ? [] : await inner.find(others))].map(watched)
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

  /** A shell of Windows leaves patterns to the program. */
  async #addPattern(word: string): Promise<void> {
    const pattern = word.replaceAll('\\', '/')
    if (/[*?[]/.test(pattern)) this.#patterns.add(pattern)
    else this.faults.push(`There is no file ${JSON.stringify(word)}${await nearestFile(word, this.#shell.folder)}`)
  }

  #nameOf(given: string, path: string): GivenFile {
    const named = nameIn(this.#shell.folder, path)
    if (!named.isOutside) return { ...named, given, path }
    const taken = this.#byName.get(named.name)
    if (taken === undefined || taken.path === path) return { ...named, given, path }
    return { ...named, name: `${this.#byName.size + 1}/${named.name}`, given, path }
  }

  #find(pattern: string, describe: DescribeIn): readonly PatternMatch[] {
    const given = this.#byPattern.get(pattern)
    if (given === undefined) return []
    const files = given.map(({ name, path, isOutside }): WorkspaceFile => {
      const found = describe(isOutside ? native.dirname(path) : this.#shell.folder, path)
      return isOutside ? { ...found, path: name, realPath: name, isLinked: false } : found
    })
    return [{ pattern, files, excluded: 0, usedExcludes: [] }]
  }

  async #readInput(): Promise<GivenFile> {
    this.#temp ??= await mkdtemp(native.join(this.#shell.temp, 'publish-stdin-'))
    const path = native.join(this.#temp, 'stdin')
    let head: Uint8Array = new Uint8Array()
    const { input } = this.#shell
    async function* noted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of input) {
        if (head.length < SNIFFED_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFFED_BYTES)])
        yield chunk
      }
    }
    await pipeline(noted, createWriteStream(path, { mode: 0o600 }))
    return { name: `stdin${extensionFor(head)}`, given: '<stdin>', path, isOutside: true }
  }
}

type DescribeIn = (folder: string, path: string) => WorkspaceFile

/** Each folder is looked at once, however many files of it are named. */
function describeInFolders(): DescribeIn {
  const known = new Map<string, ReturnType<typeof describeFiles>>()
  return (folder, path) => {
    const describe = known.get(folder) ?? describeFiles(folder)
    known.set(folder, describe)
    return describe(path)
  }
}

const SNIFFED_BYTES = 64

/** Standard input has no name to go by. */
function extensionFor(head: Uint8Array): string {
  const text = Buffer.from(head).toString('latin1')
  if (text.startsWith('PAR1')) return '.parquet'
  return /^\s*[[{]/.test(text) ? '.json' : '.csv'
}

type LookedUp = { readonly kind: 'file' | 'folder' | 'other'; readonly path: string }

/** Backslashes separate on Windows; where they don't, a path that was written there is meant. */
async function lookUp(word: string, folder: string): Promise<LookedUp | undefined> {
  const ways = word.includes('\\') ? [word, word.replaceAll('\\', '/')] : [word]
  for (const way of ways) {
    const path = native.resolve(folder, way)
    const found = await stat(path).catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL'].includes(codeOf(error))) return undefined
      throw error
    })
    if (found !== undefined) return { path, kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other' }
  }
  return undefined
}

type NameInFolder = Pick<GivenFile, 'name' | 'isOutside'>

/** The part of `node:path` that differs between systems. */
type Style = Pick<native.PlatformPath, 'relative' | 'isAbsolute' | 'sep' | 'basename'>

/** What a file is called in a run of this folder. Both paths are absolute. */
export function nameIn(folder: string, path: string, style: Style = native): NameInFolder {
  if (leadsOut(folder, path, style)) return { name: style.basename(path), isOutside: true }
  return { name: pathFrom(folder, path, style), isOutside: false }
}

/** As `glob` takes it: what it reads as a sign of its own becomes `?`, since the file is known. */
function escapePattern(name: string): string {
  return name.replace(/^[#!\s]|[[\]{}*?\\\p{Cc}]|\s$/gu, '?')
}

async function nearestFile(word: string, folder: string): Promise<string> {
  const path = native.resolve(folder, word)
  const names = await readdir(native.dirname(path)).catch(() => [])
  const nearest = nearestName(native.basename(path), names)
  return nearest === undefined ? '' : ` (did you mean ${JSON.stringify(nearest)}?)`
}
