import { readFileSync, readdirSync } from 'node:fs'
import { parse } from 'yaml'
import type { Step } from '../workflows/read-workflows.ts'

type Concurrency = { readonly group: string; readonly 'cancel-in-progress': boolean; readonly queue?: string }

/** What sets it off; the inputs are those of `workflow_dispatch`. */
type Event = { readonly inputs?: Readonly<Record<string, { readonly default?: string }>> }

export type ExampleJob = {
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
  /** What jobs that need this one may name. */
  readonly outputs?: Readonly<Record<string, string>>
  readonly needs?: string | readonly string[]
  readonly environment?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly concurrency?: Concurrency
  readonly strategy?: {
    readonly 'fail-fast': boolean
    readonly matrix: Readonly<Record<string, readonly (string | number)[]>>
  }
  readonly 'runs-on': string
  readonly 'timeout-minutes': number
  readonly steps: readonly Step[]
}

export type Example = {
  readonly file: string
  readonly text: string
  readonly name: string
  readonly on: Readonly<Record<string, Event | null>>
  readonly permissions: Readonly<Record<string, string>>
  readonly concurrency?: Concurrency
  readonly jobs: Readonly<Record<string, ExampleJob>>
}

const FOLDER = new URL('../../examples/', import.meta.url)

export const exampleFiles: readonly string[] = readdirSync(FOLDER)

export function readExample(file: string): Example {
  const text = readFileSync(new URL(file, FOLDER), 'utf8')
  return { file, text, ...(parse(text) as Omit<Example, 'file' | 'text'>) }
}

const { repository } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly repository: string
}

/** As the README tells strangers to call it. */
export function isOurs({ uses = '' }: Step): boolean {
  return `github:${uses}` === `${repository}@v0`
}
