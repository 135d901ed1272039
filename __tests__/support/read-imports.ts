import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

export type Import = {
  /** A file from `src/`, or the name of a package. */
  readonly target: string
  readonly isOfSource: boolean
  /** Gone when the types are. */
  readonly isType: boolean
}

export type SourceFile = {
  /** From `src/`, `/` between segments. */
  readonly path: string
  readonly text: string
  /** Without comments. */
  readonly code: string
  readonly imports: readonly Import[]
}

const SOURCE = join(import.meta.dirname, '../../src')

const FROM = /^(?:import|export)\s+(?<type>type\s)?(?<names>[^'"]*?)\s*from\s+'(?<from>[^']+)'/gm
const BARE = /^import\s+'(?<from>[^']+)'/gm
const DYNAMIC = /\bimport\(\s*'(?<from>[^']+)'\s*\)/g

/** Every file under `src/`, with every import that it writes down. */
export async function readSources(): Promise<readonly SourceFile[]> {
  const entries = await readdir(SOURCE, { recursive: true })
  const paths = entries.filter((entry) => entry.endsWith('.ts')).toSorted()
  return Promise.all(paths.map(readSource))
}

async function readSource(path: string): Promise<SourceFile> {
  const text = await readFile(join(SOURCE, path), 'utf8')
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<=^|\s)\/\/.*$/gm, '')
  const found = [...code.matchAll(FROM), ...code.matchAll(BARE), ...code.matchAll(DYNAMIC)]
  return { path, text, code, imports: found.map(({ groups = {} }) => importOf(path, groups)) }
}

function importOf(path: string, groups: Readonly<Record<string, string | undefined>>): Import {
  const { from = '', type, names } = groups
  const isOfSource = from.startsWith('.')
  const target = isOfSource ? relative(SOURCE, join(SOURCE, dirname(path), from)) : from
  return { target, isOfSource, isType: type !== undefined || hasOnlyTypes(names ?? '') }
}

/** `{ type A, type B }` */
function hasOnlyTypes(names: string): boolean {
  const listed = /^\{(.*)\}$/s.exec(names)?.[1]?.split(',') ?? ['a value']
  return listed.filter((name) => name.trim() !== '').every((name) => name.trim().startsWith('type '))
}
