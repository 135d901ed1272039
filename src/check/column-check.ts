import type {
  ColumnChecks,
  LeafCheck,
  LevelCheck,
  PartCheck,
  RowWalk,
  SizeCheck,
  ValueCheck,
} from '../formats/parquet/checks.ts'
import type { ColumnLeaf, ColumnList, ColumnNode, ColumnObject, ColumnTree } from '../formats/parquet/tree.ts'
import { ownValue } from '../lib/json-reader.ts'
import type { CompiledSchema } from '../schema/compile.ts'
import type { Field, ObjectField } from '../schema/field.ts'
import { type IdentityPath, identityCheck, identityPaths } from '../schema/identity.ts'
import { pointer } from '../lib/json-pointer.ts'
import { type JsonObject, isPlainObject } from '../schema/json.ts'
import { checkOf } from '../schema/kinds.ts'
import { type CheckOptions, mostBytes, sizeIssue } from '../schema/record.ts'
import { primaryKeyOf } from '../schema/relational.ts'
import { type Check, Walk, hiddenName, isPlainName, reportNull } from '../schema/walk.ts'
import { isAnyText, surelyWithin } from './column-values.ts'
import { asJson } from './typed-values.ts'

/**
 * The checks that a schema requires of a file's columns. Definition levels show which values are present, and values
 * are checked leaf by leaf. Maps, whose keys have a column of their own, and identities, which span several columns,
 * are checked together.
 */
export function columnChecksOf(tree: ColumnTree, schema: CompiledSchema, options: CheckOptions): ColumnChecks {
  const planner = new Planner(tree, options)
  planner.value(tree.root, { ...schema.root, isDeprecated: false }, [])
  if (options.isForProfile) planner.identities(schema)
  planner.primaryKey(schema)
  const id =
    schema.relational === undefined && schema.behaviour === 'time-series' ? memberOf(tree.root, '_id') : undefined
  return {
    ...planner.checks(),
    key: isScalar(id) ? id.leaves.first : undefined,
    size: options.isForProfile ? sizeCheck(schema) : undefined,
  }
}

/** At most one value per row. */
function isScalar(node: ColumnNode | undefined): node is ColumnLeaf {
  return node?.kind === 'leaf' && node.rep === 0
}

/** Checks the size of the whole record. */
function sizeCheck(schema: CompiledSchema): SizeCheck {
  return {
    mostBytes: mostBytes(schema),
    say: (bytes, report) => {
      const issue = sizeIssue(schema, bytes)
      if (issue !== undefined) report(issue, [])
    },
  }
}

/** One step from the root of a record: a member, by its name and its place among the others, or an item of the nth list. */
type ColumnStep = { readonly name: string; readonly at: number } | { readonly list: number }

type Way = readonly ColumnStep[]

/** Reports something about the place at which the walk is. */
type Say = (walk: Walk) => void

type LeafPlan = { path: string; readonly levels: LevelCheck[][]; values: ValueCheck | undefined }

class Planner {
  readonly #tree: ColumnTree
  readonly #walk: Walk
  readonly #leaves: readonly LeafPlan[]
  #walks: RowWalk[] = []

  constructor(tree: ColumnTree, { showValues }: CheckOptions) {
    this.#tree = tree
    this.#walk = new Walk(showValues)
    this.#leaves = tree.leaves.map(({ def }) => ({
      path: '',
      levels: Array.from({ length: def + 1 }, () => []),
      values: undefined,
    }))
    this.#showPaths(tree.root, [])
  }

  checks(): Pick<ColumnChecks, 'leaves' | 'walks'> {
    return { leaves: this.#leaves satisfies readonly LeafCheck[], walks: this.#walks }
  }

  /** Plans the checks of a value that is present. */
  value(node: ColumnNode, { isDeprecated, ...rest }: Field, way: Way): void {
    if (isDeprecated) this.#say(node, { from: node.def, to: Infinity, way }, sayDeprecated)
    const field: Field = { ...rest, isDeprecated: false }
    if (field.kind === 'any' && field.allowed === undefined) return
    if (node.kind === 'leaf') this.#leafValue(node, field, way)
    else if (node.kind === 'object' && field.kind === 'object') this.#members(node, field, way)
    else if (node.kind === 'list' && field.kind === 'array') this.#items(node, field.items, way)
    else if (field.kind === 'object' || field.kind === 'array' || field.kind === 'map') this.#together(node, field, way)
    else this.#misfit(node, checkOf(field), way)
  }

  /** Plans the check of identities, whose fields can be anywhere in a record. */
  identities({ identities }: CompiledSchema): void {
    const check = identityCheck(identities)
    const { paths, isNeeded } = identityPaths(identities)
    const found = paths.flatMap((path) => leavesAt(this.#tree.root, path))
    // In a file without any of them, too, each row reports that it has none.
    const leaves = found.length === 0 && isNeeded ? [0] : [...new Set(found)]
    if (leaves.length === 0) return
    const own: PartCheck = (record, report) => {
      this.#walk.begin((issue) => report(issue, LAST))
      const json = asJson(record)
      if (isPlainObject(json)) check(json, this.#walk)
    }
    const others = this.#walks.filter((walk) => walk.leaves.some((leaf) => leaves.includes(leaf)))
    const together = [...new Set([...leaves, ...others.flatMap((walk) => walk.leaves)])].toSorted(
      (one, other) => one - other,
    )
    const checks = [...others.flatMap((walk) => walk.checks), own]
    this.#walks = [...this.#walks.filter((walk) => !others.includes(walk)), { leaves: together, checks }]
  }

  /** Plans the primary key. Its fields are at the root, and all of them together identify a row. */
  primaryKey({ relational }: CompiledSchema): void {
    const columns = (relational?.key ?? []).map((name) => memberOf(this.#tree.root, name))
    if (relational === undefined || columns.length === 0 || !columns.every(isScalar)) return
    const leaves = columns.map((leaf) => leaf.leaves.first).toSorted((one, other) => one - other)
    this.#walks.push({ leaves, checks: [], keyOf: (record) => primaryKeyOf(relational, asJson(record)) })
  }

  #leafValue(leaf: ColumnLeaf, field: Field, way: Way): void {
    const plan = this.#leaves[leaf.leaves.first]
    // What happens to such a column is unknown, which is reported once for the column.
    if (plan === undefined || isTimeForDate(leaf, field)) return
    const check = checkOf(field)
    let isSilent = true
    const note = () => void (isSilent = false)
    plan.values = {
      range: surelyWithin(leaf, field),
      isAnyText: isAnyText(field),
      passes: (value) => {
        isSilent = true
        this.#walk.begin(note)
        check(asJson(value), this.#walk)
        return isSilent
      },
      say: (value, indices, report) => {
        const order = orderOf(way, indices)
        this.#walk.begin((issue) => report(issue, order))
        for (const step of way) this.#walk.enter('list' in step ? (indices[step.list] ?? 0) : step.name)
        check(asJson(value), this.#walk)
      },
    }
  }

  #members(node: ColumnObject, field: ObjectField, way: Way): void {
    const { fields, required } = field
    // Missing fields are reported after all that are present.
    const places = new Map([...fields.keys()].map((name, at) => [name, node.members.length + at]))
    const missing = (name: string) => [...way, { name, at: places.get(name) ?? 0 }]
    for (const [at, { name, node: inner }] of node.members.entries()) {
      const own = fields.get(name)
      // The check of the columns reports that the schema has no such field.
      if (own === undefined) continue
      const to = [...way, { name, at }]
      if (required.has(name)) this.#say(inner, { from: node.def, to: inner.def, way: missing(name) }, sayMissing(own))
      this.value(inner, own, to)
    }
    const names = new Set(node.members.map(({ name }) => name))
    for (const [name, own] of fields) {
      if (!required.has(name) || names.has(name)) continue
      this.#say(node, { from: node.def, to: Infinity, way: missing(name) }, sayMissing(own))
    }
  }

  #items({ item, itemDef, rep }: ColumnList, field: Field, way: Way): void {
    const to = [...way, { list: rep }]
    this.#say(item, { from: itemDef, to: item.def, way: to }, reportNull)
    this.value(item, field, to)
  }

  /** Reports a value whose shape is not that of the field: the shape alone shows it. */
  #misfit(node: ColumnNode, check: Check, way: Way): void {
    const shape = node.kind === 'list' ? [] : {}
    this.#say(node, { from: node.def, to: Infinity, way }, (walk) => check(shape, walk))
  }

  /** Plans a report for entries of these levels; the first leaf below stands for all. */
  #say({ leaves, rep }: ColumnNode, { from, to, way }: LevelSpan, say: Say): void {
    const plan = this.#leaves[leaves.first]
    const level: LevelCheck = {
      rep,
      say: (indices, report) => {
        const order = orderOf(way, indices)
        this.#walk.begin((issue) => report(issue, order))
        for (const step of way) this.#walk.enter('list' in step ? (indices[step.list] ?? 0) : step.name)
        say(this.#walk)
      },
    }
    for (let def = from; def < Math.min(to, plan?.levels.length ?? 0); def++) plan?.levels[def]?.push(level)
  }

  /** Checks several leaves together: those of a map, or of a node whose kind is not that of the field. */
  #together({ leaves: { first, end } }: ColumnNode, field: Field, way: Way): void {
    const check = checkOf(field)
    const leaves = Array.from({ length: end - first }, (_, at) => first + at)
    const own: PartCheck = (record, report) => {
      const indices: number[] = []
      this.#walk.begin((issue) => report(issue, orderOf(way, indices)))
      this.#descend(record, { rest: way, indices }, (value) => check(asJson(value), this.#walk))
    }
    this.#walks.push({ leaves, checks: [own] })
  }

  #descend(value: unknown, { rest: [step, ...rest], indices }: Descent, visit: (value: unknown) => void): void {
    if (value === undefined || value === null) return
    if (step === undefined) visit(value)
    else if ('list' in step) {
      for (const [at, item] of (Array.isArray(value) ? value : []).entries()) {
        indices[step.list] = at
        this.#walk.enter(at)
        this.#descend(item, { rest, indices }, visit)
        this.#walk.leave()
      }
    } else {
      this.#walk.enter(step.name)
      this.#descend(ownValue(value as JsonObject, step.name), { rest, indices }, visit)
      this.#walk.leave()
    }
  }

  /** Sets the paths as rows would show them: a name that may be data is hidden. */
  #showPaths(node: ColumnNode, shown: readonly string[]): void {
    if (node.kind === 'object') {
      for (const [at, { name, node: inner }] of node.members.entries()) {
        const isShown = this.#walk.showValues || isPlainName(name)
        this.#showPaths(inner, [...shown, isShown ? name : hiddenName(at + 1)])
      }
    } else if (node.kind === 'list') this.#showPaths(node.item, [...shown, '*'])
    else if (node.kind === 'map') {
      for (const inner of node.value === undefined ? [node.key] : [node.key, node.value])
        this.#showPaths(inner, [...shown, '*'])
    } else {
      const plan = this.#leaves[node.leaves.first]
      if (plan !== undefined) plan.path = pointer(shown)
    }
  }
}

/** After everything that its fields report. */
const LAST = [Infinity]

type Descent = { readonly rest: Way; readonly indices: number[] }

/** From the first level up to, not including, the end. */
type LevelSpan = { readonly from: number; readonly to: number; readonly way: Way }

function orderOf(way: Way, indices: ArrayLike<number>): readonly number[] {
  return way.map((step) => ('list' in step ? (indices[step.list] ?? 0) : step.at))
}

function sayDeprecated(walk: Walk): void {
  walk.report('deprecated-field', { expected: 'a field in use', received: 'a deprecated field' })
}

function sayMissing({ hasDefault }: Field): Say {
  return (walk) => {
    walk.report(hasDefault ? 'required-defaulted' : 'required-missing', { expected: 'a value', received: 'nothing' })
  }
}

function isTimeForDate({ annotation }: ColumnLeaf, { kind }: Field): boolean {
  return annotation?.kind === 'time' && (kind === 'date' || kind === 'date-time')
}

function memberOf(node: ColumnNode | undefined, name: string): ColumnNode | undefined {
  return node?.kind === 'object' ? node.members.find((member) => member.name === name)?.node : undefined
}

function leavesAt(root: ColumnNode, path: IdentityPath): readonly number[] {
  const node = path.reduce<ColumnNode | undefined>(memberOf, root)
  if (node === undefined) return []
  return Array.from({ length: node.leaves.end - node.leaves.first }, (_, at) => node.leaves.first + at)
}
