import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBundle } from './support/repository/bundle.ts'
import { readSources, type Import, type SourceFile } from './support/repository/read-imports.ts'

const sources = await readSources()

/** From the door down. A folder imports only from those that stand behind it, and folders in one row not from each other. */
const SPINE: readonly (readonly string[])[] = [
  ['main'],
  ['main-thread'],
  ['cli'],
  ['action'],
  ['modes'],
  ['report'],
  ['publish'],
  ['diff'],
  ['check'],
  ['files'],
  ['inputs'],
  ['context'],
  ['platform', 'github', 'mapping'],
  ['schema', 'formats'],
  ['lib'],
]

/** The packages of a folder; what is not named here imports none. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  platform: ['undici'],
  github: ['@actions/core', '@actions/github', '@actions/glob', 'minimatch'],
  emulator: ['csv-parse', 'hyparquet', 'hyparquet-compressors', 'hyparquet-writer'],
}

/** Effects come in as arguments; these are the files that make them. */
const EFFECTS: readonly (readonly [effect: RegExp, files: readonly string[]])[] = [
  [/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, ['src/lib/time.ts']],
  [/\bsetTimeout\b|\bsetInterval\b/, ['src/lib/time.ts']],
  [/\bprocess\.env\b/, ['src/main-thread.ts', 'src/github/runner.ts']],
  [/\bprocess\.(?:on|once|exit|exitCode|argv|cwd)\b/, ['src/main-thread.ts', 'src/github/runner.ts']],
  [/\bMath\.random\b/, ['src/main-thread.ts']],
  [/\bconsole\./, []],
]

/** `src/inputs/table.ts` → `inputs`; `src/action.ts` → `action`; `emulator/seed.ts` → `emulator`. */
function folderOf(path: string): string {
  const [first = '', second = ''] = path.split('/')
  return first === 'src' ? second.replace(/\.ts$/, '') : first
}

function depthOf(folder: string): number {
  return SPINE.findIndex((row) => row.includes(folder))
}

function isAllowed({ path }: SourceFile, { target, isOfProject }: Import): boolean {
  const folder = folderOf(path)
  if (!isOfProject) return target.startsWith('node:') || (PACKAGES[folder] ?? []).includes(packageOf(target))
  const other = folderOf(target)
  if (other === folder) return true
  if (folder === 'emulator') return false
  return depthOf(folder) >= 0 && depthOf(folder) < depthOf(other)
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Every way from a file back to itself, each written from its first file on. */
function cycles(files: readonly SourceFile[]): ReadonlySet<string> {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.map(({ target }) => target)]))
  const done = new Set<string>()
  const found = new Set<string>()
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) found.add(inOrder(way.slice(way.indexOf(path))))
    if (done.has(path) || way.includes(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...way, path])
    done.add(path)
  }
  for (const { path } of files) visit(path, [])
  return found
}

function inOrder(cycle: readonly string[]): string {
  const first = cycle.indexOf(cycle.toSorted()[0] ?? '')
  return [...cycle.slice(first), ...cycle.slice(0, first)].join(' → ')
}

/** Files and packages that are loaded with a file, but for those that it only loads when it needs them. */
function loadedWith(path: string, later: string): ReadonlySet<string> {
  const loaded = new Set([path])
  // A set also visits what is added meanwhile.
  for (const at of loaded) {
    const { imports = [] } = sources.find((file) => file.path === at) ?? {}
    for (const { target, isType } of imports) if (!isType && target !== later) loaded.add(target)
  }
  return loaded
}

const product = sources.filter(({ path }) => path.startsWith('src/'))

describe('the source', () => {
  it('is found, imports and all', () => {
    expect(product.length).toBeGreaterThan(100)
    expect(sources.find(({ path }) => path === 'src/context.ts')?.imports).toContainEqual({
      target: 'src/platform/http/client.ts',
      isOfProject: true,
      isType: false,
    })
  })

  it('imports only along the spine', () => {
    const broken = sources.flatMap((file) =>
      file.imports.filter((one) => !isAllowed(file, one)).map(({ target }) => `${file.path} → ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('has no import cycle, types included', () => {
    expect(cycles(sources)).toEqual(new Set())
  })

  it.each(['undici', '@actions/core', '@actions/github', '@actions/glob', 'minimatch'])(
    'imports %s in one file',
    (name) => {
      const importers = sources.filter(({ imports }) => imports.some(({ target }) => packageOf(target) === name))
      expect(importers).toHaveLength(1)
    },
  )

  it.each(EFFECTS)('has %s only in %j', (effect, files) => {
    const ours = product.filter(({ path }) => !files.includes(path))
    expect(ours.filter(({ code }) => effect.test(code)).map(({ path }) => path)).toEqual([])
  })

  it('lets a worker thread load no package, and little but what reads and checks rows', () => {
    const loaded = [...loadedWith('src/main.ts', 'src/main-thread.ts')].filter((target) => !target.startsWith('node:'))
    expect(loaded.length).toBeGreaterThan(100)
    const readsRows = /^src\/(?:check|diff|formats|lib|mapping|schema)\//
    expect(loaded.filter((target) => !readsRows.test(target)).toSorted()).toEqual([
      'src/inputs/problem.ts',
      'src/main.ts',
      'src/modes/steps/run.ts',
      'src/platform/limits.ts',
      'src/platform/permissions.ts',
      'src/publish/rejected/keys.ts',
      'src/publish/rejected/search.ts',
    ])
  })

  it('is not shattered: its files have 110 lines on average, or more', () => {
    const lines = product.reduce((sum, { text }) => sum + text.trimEnd().split('\n').length, 0)
    expect(lines / product.length).toBeGreaterThan(110)
  })

  it('declares each type once', () => {
    const names = product.flatMap(({ code }) =>
      Array.from(code.matchAll(/^(?:export )?(?:type|interface|(?:abstract )?class) (\w+)/gm), ([, name = '']) => name),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('has no file above 400 lines', () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > 400)
    expect(long.map(({ path }) => path)).toEqual([])
  })
})

describe('the tests', () => {
  /** What is no test of one file: whole runs, examples, workflows, and what the tests need. */
  const OWN_FOLDERS = [
    'bench',
    'emulator',
    'examples',
    'fixtures',
    'docs',
    'scenarios',
    'simulation',
    'support',
    'workflows',
  ]

  const testPaths = async () => {
    const entries = await readdir(import.meta.dirname, { recursive: true })
    return entries.filter((path) => path.endsWith('.test.ts') && path.includes('/'))
  }

  // A machine under heavy load takes ten times as long; vitest.config.ts has the one deadline, for a test that hangs.
  it('have no deadline of their own', async () => {
    const OWN_DEADLINE = /\{ timeout: [\d_]+ \}|^ *\}, [\d_]+_000\)$/m
    const early: string[] = []
    for (const path of await testPaths()) {
      const text = await readFile(join(import.meta.dirname, path), 'utf8')
      if (OWN_DEADLINE.test(text)) early.push(path)
    }
    expect(early).toEqual([])
  })

  it('stand at the path of the file that they test, or in a folder of its name', async () => {
    const tests = await testPaths()
    const files = new Set(product.map(({ path }) => path.slice('src/'.length, -'.ts'.length)))
    const strays = tests
      .filter((path) => !OWN_FOLDERS.includes(path.split('/')[0] ?? ''))
      .filter((path) => !files.has(path.slice(0, -'.test.ts'.length)) && !files.has(dirname(path)))
    expect(strays).toEqual([])
  })
})

describe('the bundle', () => {
  it('holds nothing of the emulator', () => {
    const bundle = readBundle()
    const emulator = sources.filter(({ path }) => path.startsWith('emulator/'))
    expect(emulator.some(({ code }) => code.includes('/_emulator'))).toBe(true)
    for (const trace of ['_emulator', 'EMU-', 'emulator/']) expect(bundle.includes(trace), trace).toBe(false)
  })

  it('holds nothing that the stand-ins of the build leave out', () => {
    const bundle = readBundle()
    const traces = ['WebSocketStream', 'artifacts/{artifact_id}', 'UNDICI_USE_MILO', 'ClientHttp2Session']
    for (const trace of [...traces, 'multipart/form-data; boundary', 'class ToolRunner', 'escSlash']) {
      expect(bundle.includes(trace), trace).toBe(false)
    }
  })

  it('never asks the toolkit for the version of the system, for which it would start programs', () => {
    expect(product.filter(({ code }) => /\bcore\.platform\b|\bgetDetails\b/.test(code))).toEqual([])
  })
})
