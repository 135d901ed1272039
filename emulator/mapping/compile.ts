import type { JsonObject } from '../json.ts'
import type { SchemaNode } from '../ingestion/schema-node.ts'
import { evaluate } from './evaluate.ts'
import { MappingFault } from './fault.ts'
import type { Mapping } from './mapping-set.ts'
import { parseExpression } from './parse.ts'
import { readAt, readPath, type Step } from './path.ts'
import { findTarget } from './target.ts'
import type { Value } from './value.ts'

export type CompiledMapping = {
  readonly mapping: Mapping
  readonly target: readonly Step[]
  readonly node: SchemaNode
  /** Throws a {@link MappingFault} if the row has no value for the mapping. */
  valueIn(row: Value): Value
}

export type Compiled = CompiledMapping | { readonly mapping: Mapping; readonly fault: string }

/** Compiles each mapping by itself, then checks it against the others. */
export function compileMappings(mappings: readonly Mapping[], schema: JsonObject): readonly Compiled[] {
  return withoutRivals(mappings.map((mapping) => compile(mapping, schema)))
}

function compile(mapping: Mapping, schema: JsonObject): Compiled {
  try {
    const target = readPath(mapping.destination)
    return { mapping, target, node: findTarget(schema, target, mapping.destination), valueIn: readerOf(mapping) }
  } catch (error) {
    if (error instanceof MappingFault) return { mapping, fault: error.message }
    throw error
  }
}

function readerOf({ sourceType, source }: Mapping): CompiledMapping['valueIn'] {
  if (sourceType === 'STATIC') return () => source
  if (sourceType === 'EXPRESSION') {
    const expression = parseExpression(source)
    return (row) => evaluate(expression, row)
  }
  const wrapped = /^\$\{(.+)\}$/s.exec(source)?.[1] ?? source
  const steps = readPath(wrapped)
  const written = wrapped.replace(/\\(.)/gs, '$1')
  return (row) => readAt(row, written, steps)
}

/** The mapping step of the user interface reports a repeated target as an error. For parents and children it is unknown. */
function withoutRivals(compiled: readonly Compiled[]): readonly Compiled[] {
  const [whole, begun] = [new Set<string>(), new Set<string>()]
  return compiled.map((one) => {
    if ('fault' in one) return one
    const beginnings = one.target.map((_, index) => JSON.stringify(one.target.slice(0, index + 1)))
    const own = beginnings.at(-1) ?? ''
    const isTaken = begun.has(own) || beginnings.some((beginning) => whole.has(beginning))
    if (isTaken)
      return { mapping: one.mapping, fault: `Another mapping fills "${one.mapping.destination}" or a part of it` }
    whole.add(own)
    for (const beginning of beginnings) begun.add(beginning)
    return one
  })
}
