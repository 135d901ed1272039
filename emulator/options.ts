import { parseArgs } from 'node:util'
import type { Dialect, Mode } from './settings.ts'

const USAGE = `npm run emulator -- [options]

  --port PORT         where to listen on 127.0.0.1; 0, the default, takes a free port
  --mode MODE         strict (default): refuses what the documents do not allow; lenient: takes it
  --dialect DIALECT   which answers are given where Adobe's documents differ: docs (default), oas or lab
  --schema FILE       a schema of your own, as the command line stores it, or as the Schema Registry answers it (xed-full)
  --dataset NAME      the name of the dataset that is made with it
  --help              this text

emulator/README.md says more.`

const options = {
  port: { type: 'string', default: '0' },
  mode: { type: 'string', default: 'strict' },
  dialect: { type: 'string', default: 'docs' },
  schema: { type: 'string' },
  dataset: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

export type StartOptions = {
  readonly port: number
  readonly mode: Mode
  readonly dialect: Dialect
  /** A schema file, and the name of a dataset to create with it. */
  readonly own?: { readonly schema: string; readonly dataset: string }
}

/** Parses the arguments after `npm run emulator --`; `refused` says what is wrong with them. */
export type AskedFor =
  ({ readonly kind: 'start' } & StartOptions) | { readonly kind: 'help' | 'refused'; readonly text: string }

export function readOptions(args: readonly string[]): AskedFor {
  try {
    const { values } = parseArgs({ options, args: [...args] })
    if (values.help) return { kind: 'help', text: USAGE }
    return {
      kind: 'start',
      port: portOf(values.port),
      mode: oneOf('mode', values.mode, ['strict', 'lenient'] as const),
      dialect: oneOf('dialect', values.dialect, ['docs', 'oas', 'lab'] as const),
      ...ownOf(values),
    }
  } catch (error) {
    return { kind: 'refused', text: `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}` }
  }
}

type Own = { readonly schema?: string | undefined; readonly dataset?: string | undefined }

function ownOf({ schema = '', dataset = '' }: Own): Pick<StartOptions, 'own'> {
  if (schema === '' && dataset === '') return {}
  if (schema === '' || dataset === '') throw new Error('--schema and --dataset go together')
  return { own: { schema, dataset } }
}

function portOf(given: string): number {
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given)
  throw new Error(`--port must be a whole number up to 65535, not ${JSON.stringify(given)}`)
}

function oneOf<Word extends string>(name: string, given: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === given)
  if (word === undefined) throw new Error(`--${name} must be one of ${words.join(', ')}, not ${JSON.stringify(given)}`)
  return word
}
