import { readFileSync, readdirSync } from 'node:fs'
import { parse } from 'yaml'

export type Step = {
  readonly if?: string
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  readonly 'continue-on-error'?: boolean
  readonly 'timeout-minutes'?: number
}

type Concurrency = { readonly group: string; readonly 'cancel-in-progress': unknown; readonly queue?: string }

export type Job = {
  readonly needs?: string | readonly string[]
  readonly environment?: string
  readonly concurrency?: Concurrency
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  /** Of a job that calls another workflow. */
  readonly uses?: string
  readonly secrets?: unknown
  readonly steps?: readonly Step[]
}

export type Workflow = {
  readonly file: string
  readonly text: string
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: unknown
  readonly concurrency?: Concurrency
  readonly env?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const FOLDER = new URL('../../.github/workflows/', import.meta.url)

/** Every workflow of this repository. */
export function readWorkflows(): readonly Workflow[] {
  return readdirSync(FOLDER).map((file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8')
    return { file, text, ...(parse(text) as Omit<Workflow, 'file' | 'text'>) }
  })
}
