import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSources, type Import, type SourceFile } from './support/read-imports.ts'

const sources = await readSources()

type Layer = {
  readonly values: readonly string[]
  readonly types?: readonly string[]
  readonly packages?: readonly string[]
}

/** What a layer may import besides itself and `node:`; `types` as `import type` alone. */
const LAYERS: Readonly<Record<string, Layer>> = {
  base: { values: [] },
  http: { values: ['base'], packages: ['undici'] },
  platform: { values: ['base', 'http'] },
  github: { values: ['base'], packages: ['@actions/core', '@actions/github', '@actions/glob'] },
  rows: { values: ['base'], packages: ['csv-parse', 'hyparquet'] },
  xdm: { values: ['base'] },
  ledger: { values: ['base'] },
  steps: { values: ['base', 'rows', 'xdm', 'ledger', 'platform/ids.ts'], types: ['platform', 'github'] },
  journeys: { values: ['base', 'steps', 'ledger', 'platform/ids.ts'], types: ['platform', 'github', 'rows'] },
  report: {
    values: [
      'base',
      'steps/watch/status.ts',
      'steps/refusals.ts',
      'steps/upsert/profile-tags.ts',
      'steps/diagnose/explain.ts',
      'journeys/ending.ts',
      'xdm/rules.ts',
    ],
    types: ['steps', 'journeys', 'github', 'platform', 'rows'],
  },
  world: { values: ['base', 'http', 'platform', 'github', 'ledger'], types: ['steps', 'journeys', 'rows'] },
  action: { values: ['base', 'ledger', 'steps', 'journeys', 'report', 'world'], types: ['github', 'http'] },
  index: { values: ['base', 'http', 'github', 'action', 'rows', 'steps'], types: ['world'] },
  demo: { values: ['base', 'emulator'] },
  emulator: { values: [], packages: ['csv-parse', 'hyparquet', 'hyparquet-compressors', 'hyparquet-writer'] },
}

/** Effects come in as arguments; these are the rooms that make them. */
const EFFECTS: readonly (readonly [effect: RegExp, rooms: readonly string[]])[] = [
  [/\bDate\.now\b|\bnew Date\(\)/, ['base/clock.ts']],
  [/\bsetTimeout\b|\bsetInterval\b/, ['base/clock.ts']],
  [/\bprocess\.env\b/, ['index.ts', 'demo.ts', 'github/runner.ts']],
  [/\bprocess\.(?:on|once|exit|exitCode|argv|cwd)\b/, ['index.ts', 'demo.ts', 'github/runner.ts']],
  [/\bMath\.random\b/, ['index.ts']],
  [/\bconsole\./, ['demo.ts']],
]

/** `steps/inputs/table.ts` → `steps`; `world.ts` → `world`. */
function layerOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '')
}

function isAmong(target: string, places: readonly string[]): boolean {
  return places.includes(target) || places.includes(layerOf(target))
}

function isAllowed({ path }: SourceFile, { target, isOfSource, isType }: Import): boolean {
  const layer = LAYERS[layerOf(path)]
  if (layer === undefined) return false
  if (!isOfSource) return target.startsWith('node:') || isAmong(packageOf(target), layer.packages ?? [])
  if (layerOf(target) === layerOf(path) || isAmong(target, layer.values)) return true
  return isType && isAmong(target, layer.types ?? [])
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

describe('the source', () => {
  it('is found, imports and all', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.find(({ path }) => path === 'world.ts')?.imports).toContainEqual({
      target: 'http/client.ts',
      isOfSource: true,
      isType: false,
    })
  })

  it('imports only what its layer may', () => {
    const broken = sources.flatMap((file) =>
      file.imports.filter((one) => !isAllowed(file, one)).map(({ target }) => `${file.path} → ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('has no import cycle, types included', () => {
    expect(cycles(sources)).toEqual(new Set())
  })

  it.each(['undici', '@actions/core', '@actions/github', '@actions/glob'])('imports %s in one file', (name) => {
    const importers = sources.filter(({ imports }) => imports.some(({ target }) => packageOf(target) === name))
    expect(importers).toHaveLength(1)
  })

  it.each(EFFECTS)('has %s only in %j', (effect, rooms) => {
    const ours = sources.filter(({ path }) => layerOf(path) !== 'emulator' && !rooms.includes(path))
    expect(ours.filter(({ code }) => effect.test(code)).map(({ path }) => path)).toEqual([])
  })

  it('has no file above 200 lines', () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > 200)
    expect(long.map(({ path }) => path)).toEqual([])
  })
})

describe('the bundle', () => {
  it('holds nothing of the emulator', async () => {
    const bundle = await readFile(join(import.meta.dirname, '../dist/index.js'), 'utf8')
    const emulator = sources.filter(({ path }) => layerOf(path) === 'emulator')
    expect(emulator.some(({ code }) => code.includes('/_emulator'))).toBe(true)
    for (const trace of ['_emulator', 'EMU-', 'src/emulator']) expect(bundle.includes(trace), trace).toBe(false)
  })

  it('holds nothing that the stand-ins of the build leave out', async () => {
    const bundle = await readFile(join(import.meta.dirname, '../dist/index.js'), 'utf8')
    for (const trace of ['WebSocketStream', 'artifacts/{artifact_id}']) {
      expect(bundle.includes(trace), trace).toBe(false)
    }
  })
})
