import { ranked } from '../../base/nearest.ts'
import { Problem } from '../../base/problem.ts'
import type { ListedSchema, SchemasApi } from '../../platform/schemas.ts'

export type SchemaTools = { readonly schemas: SchemasApi; readonly signal: AbortSignal }

/**
 * Finds the `$id` of a schema by `$id`, `meta:altId` or exact title. A `$id` is believed: reading the schema shows whether
 * it is there.
 *
 * @throws Problem when there is none, or several have the title.
 */
export async function findSchema(text: string, { schemas, signal }: SchemaTools): Promise<string> {
  if (text.startsWith('https://')) return text
  const all = await schemas.list(signal)
  const found = all.filter(({ altId, title }) => altId === text || title === text)
  const [one] = found
  if (one === undefined) throw missing(text, all)
  if (found.length > 1) throw ambiguous(text, found)
  return one.id
}

function missing(text: string, all: readonly ListedSchema[]): Problem {
  const nearest = ranked(
    text,
    all.flatMap(({ title, altId }) => [title, altId]),
  )
  const meant = nearest.length === 0 ? '' : ` The nearest: ${nearest.map((name) => JSON.stringify(name)).join(', ')}.`
  return new Problem(`Cannot find the schema ${JSON.stringify(text)} among the ${all.length} of this sandbox`, {
    remedy: `Check "schema": the $id, the meta:altId or the exact title of a schema of this sandbox.${meant}`,
  })
}

function ambiguous(text: string, found: readonly ListedSchema[]): Problem {
  const ids = found.map(({ id }) => id).join(', ')
  return new Problem(
    `Cannot tell which schema is meant: ${found.length} have the title ${JSON.stringify(text)}: ${ids}`,
    {
      remedy: 'Give the $id of the one that is meant in "schema".',
    },
  )
}
