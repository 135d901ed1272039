import { compileSchema } from '../schema/compile.ts'
import { type CompiledMapping, type MappingCompilation, compileMapping } from './compile.ts'
import { mappingProblem } from './fault.ts'
import type { MappingSet } from './mapping-set.ts'

/** A mapping set with its schema and settings: plain data, which every thread compiles for itself. */
export type MappingPlan = {
  /** The file of the workspace, or the id, that the workflow names. */
  readonly name: string
  readonly set: MappingSet
  /** As the registry returns it. */
  readonly schema: unknown
  readonly descriptors: unknown
  readonly isForProfile: boolean
  readonly isUpsert: boolean
  /** The value of `now()`, the same for the whole run. */
  readonly nowMs: number
}

export function tryPlan({ set, schema, descriptors, ...setting }: MappingPlan): MappingCompilation {
  return compileMapping(set, { schema: compileSchema(schema, descriptors), ...setting })
}

/** @throws Problem with everything that does not fit the schema */
export function compilePlan(plan: MappingPlan): CompiledMapping {
  const compiled = tryPlan(plan)
  if (compiled.kind === 'faults') throw mappingProblem(plan.name, compiled.faults)
  return compiled.mapping
}
