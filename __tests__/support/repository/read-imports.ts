import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

export type Import = {
  /** A file from the root of the project, or the name of a package. */
  readonly target: string
  readonly isOfProject: boolean
  /** A type-only import, which compilation removes. */
  readonly isType: boolean
}

export type SourceFile = {
  /** From the root of the project, `/` between segments. */
  readonly path: string
  readonly text: string
  /** Without comments. */
  readonly code: string
  readonly imports: readonly Import[]
}

const ROOT = join(import.meta.dirname, '../../..')
const FOLDERS = ['src', 'emulator']

const FROM = /^(?:import|export)\s+(?<type>type\s)?(?<names>[^'"]*?)\s*from\s+'(?<from>[^']+)'/gm
const BARE = /^import\s+'(?<from>[^']+)'/gm
const DYNAMIC = /\bimport\(\s*'(?<from>[^']+)'\s*\)/g

/** Every source file of the action and of the emulator, with all its imports. */
export async function readSources(): Promise<readonly SourceFile[]> {
  const listed = await Promise.all(
    FOLDERS.map(async (name) => {
      const entries = await readdir(join(ROOT, name), { recursive: true })
      return entries.filter((entry) => entry.endsWith('.ts')).map((entry) => `${name}/${entry}`)
    }),
  )
  return Promise.all(listed.flat().toSorted().map(readSource))
}

async function readSource(path: string): Promise<SourceFile> {
  const text = await readFile(join(ROOT, path), 'utf8')
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<=^|\s)\/\/.*$/gm, '')
  const found = [...code.matchAll(FROM), ...code.matchAll(BARE), ...code.matchAll(DYNAMIC)]
  return { path, text, code, imports: found.map(({ groups = {} }) => importOf(path, groups)) }
}

function importOf(path: string, groups: Readonly<Record<string, string | undefined>>): Import {
  const { from = '', type, names } = groups
  const isOfProject = from.startsWith('.')
  const target = isOfProject ? relative(ROOT, join(ROOT, dirname(path), from)) : from
  return { target, isOfProject, isType: type !== undefined || hasOnlyTypes(names ?? '') }
}

/** `{ type A, type B }` */
function hasOnlyTypes(names: string): boolean {
  const listed = /^\{(.*)\}$/s.exec(names)?.[1]?.split(',') ?? ['a value']
  return listed.filter((name) => name.trim() !== '').every((name) => name.trim().startsWith('type '))
}
