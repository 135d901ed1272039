import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const DIST = join(import.meta.dirname, '../../../dist')

/** Every program of `dist/` by its name: `index.js`, what it loads, and `post.js`. */
export function readPrograms(): ReadonlyMap<string, string> {
  const names = readdirSync(DIST).filter((name) => name.endsWith('.js'))
  return new Map(names.map((name) => [name, readFileSync(join(DIST, name), 'utf8')]))
}

/** The code of all programs together. */
export function readBundle(): string {
  return [...readPrograms().values()].join('\n')
}
