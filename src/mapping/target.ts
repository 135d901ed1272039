import { nearestName } from '../lib/similar-names.ts'
import { ANY, type Field, type ObjectField } from '../schema/field.ts'
import { type PathStep, pathText } from './path.ts'

/** The place that a mapping writes to. */
export type MappingTarget = {
  readonly steps: readonly PathStep[]
  /** Its form in messages and formulas: `identityMap.Email[0].id`. */
  readonly text: string
  readonly field: Field
}

export type TargetFault = { readonly at: number; readonly message: string }

/** The prefix `xdm:` has no meaning. */
export function withoutPrefixes(steps: readonly PathStep[]): readonly PathStep[] {
  return steps.map((step) => (step.kind === 'name' ? { ...step, name: step.name.replace(/^xdm:/, '') } : step))
}

/** Follows the steps into the schema. */
export function findTarget(root: Field, steps: readonly PathStep[]): MappingTarget | TargetFault {
  let field = root
  for (const [depth, step] of steps.entries()) {
    const next = fieldAt(field, step)
    if (next === undefined) return { at: step.at, message: unknownStep(root, steps.slice(0, depth + 1), field) }
    field = next
  }
  return { steps, text: pathText(steps), field }
}

/** Any key fits a map, and any step fits where the schema defines nothing. */
function fieldAt(field: Field, step: PathStep): Field | undefined {
  switch (field.kind) {
    case 'object':
      if (step.kind !== 'name') return undefined
      return field.fields.get(step.name) ?? (field.isOpen ? ANY : undefined)
    case 'map':
      return step.kind === 'name' ? field.values : undefined
    case 'array':
      return step.kind === 'name' ? undefined : field.items
    case 'any':
      return ANY
    default:
      return undefined
  }
}

/** `field` is the one in which the last step was not found. */
function unknownStep(root: Field, steps: readonly PathStep[], field: Field): string {
  const step = steps.at(-1)
  const inside = steps.length === 1 ? 'the schema' : `"${pathText(steps.slice(0, -1))}"`
  if (step === undefined) return 'a target needs a name'
  if (step.kind !== 'name') return `${inside} is not an array in the schema: remove the brackets`
  if (field.kind === 'array') return `${inside} is an array: add [0] for one element or [*] for all`
  if (field.kind !== 'object') return `${inside} has no fields in the schema`
  const nearest = nearestPath(root, steps, field)
  const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`
  return `the schema does not define "${pathText(steps)}"${hint}`
}

/** A sibling field with a similar name, or a field with the same name elsewhere. */
function nearestPath(root: Field, steps: readonly PathStep[], { fields }: ObjectField): string | undefined {
  const step = steps.at(-1)
  if (step?.kind !== 'name') return undefined
  const beside = nearestName(step.name, [...fields.keys()])
  if (beside !== undefined) return pathText([...steps.slice(0, -1), { ...step, name: beside }])
  const { name } = step
  const elsewhere = leafPaths(root).find(({ path }) => path.at(-1)?.toLowerCase() === name.toLowerCase())
  return elsewhere?.text
}

/** A field that holds one value, with its name in mappings: array elements appear as the first. */
export type LeafPath = { readonly path: readonly string[]; readonly text: string; readonly field: Field }

/** Larger schemas are not searched for suggestions. */
const MOST_LEAVES = 20_000
const DEEPEST_LEAF = 8

const LEAVES = new WeakMap<Field, readonly LeafPath[]>()

/** All fields that hold one value, those near the root first. Maps are left out, since their keys are data. */
export function leafPaths(root: Field): readonly LeafPath[] {
  const known = LEAVES.get(root)
  if (known !== undefined) return known
  const leaves: LeafPath[] = []
  let level: readonly LeafPath[] = [{ path: [], text: '', field: root }]
  for (let depth = 0; depth < DEEPEST_LEAF && level.length > 0 && leaves.length < MOST_LEAVES; depth++) {
    const below = level.flatMap(fieldsBelow)
    leaves.push(...below.filter(({ field }) => isLeaf(field)))
    level = below.filter(({ field }) => !isLeaf(field))
  }
  LEAVES.set(root, leaves)
  return leaves
}

function fieldsBelow({ path, text, field }: LeafPath): readonly LeafPath[] {
  if (field.kind === 'array') return fieldsBelow({ path, text: `${text}[0]`, field: field.items })
  if (field.kind !== 'object') return []
  return Array.from(field.fields, ([name, inner]) => {
    const step = pathText([{ kind: 'name', name, at: 0 }])
    return { path: [...path, name], text: text === '' ? step : `${text}.${step}`, field: inner }
  })
}

function isLeaf(field: Field): boolean {
  return field.kind === 'array' ? isLeaf(field.items) : field.kind !== 'object' && field.kind !== 'map'
}
