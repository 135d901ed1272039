import { PlacedFault } from './fault.ts'

/** One step of a path. `[*]` means every element. */
export type PathStep =
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'index'; readonly index: number; readonly at: number }
  | { readonly kind: 'every'; readonly at: number }

/** The place of a value in a row. */
export type SourcePath = {
  readonly steps: readonly PathStep[]
  /**
   * The whole path as one name: a column can be called `Full.Name`, and is looked up before the steps are. Absent if the
   * path has syntax that can't be part of a name.
   */
  readonly whole: string | undefined
}

/**
 * Reads the source of a plain mapping: steps after dots, `\.` for a dot within a name, `[0]` and `[*]` for elements, and
 * `${…}` around names with spaces or hyphens.
 *
 * @throws PlacedFault
 */
export function readSourcePath(text: string): SourcePath {
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  const isWrapped = /^\$\{[^}]*\}$/.test(trimmed)
  const inner = isWrapped ? trimmed.slice(2, -1) : text
  const steps = readSteps(inner, isWrapped ? start + 2 : 0)
  return { steps, whole: unescapeName(inner) }
}

/** Reads the target of a mapping. `[n]` is an element, and a step can have the prefix `xdm:`. @throws PlacedFault */
export function readTargetPath(text: string): readonly PathStep[] {
  return readSteps(text, 0)
}

/** Reads the steps within `${…}`, and of plain paths. `offset` is the position of `text` in its mapping. */
export function readSteps(text: string, offset: number): readonly PathStep[] {
  const steps: PathStep[] = []
  let at = 0
  for (;;) {
    const end = readName({ text, offset, steps }, at)
    at = readIndexes({ text, offset, steps }, end)
    if (at === text.length) return steps
    if (text[at] !== '.') throw new PlacedFault('syntax', offset + at, 'expected "." or "[" after "]"')
    at++
  }
}

type StepReading = { readonly text: string; readonly offset: number; readonly steps: PathStep[] }

/** A name ends at a dot, or at brackets that hold a number or `*`. */
function readName({ text, offset, steps }: StepReading, start: number): number {
  let at = start
  if (text.startsWith('${', at)) {
    const end = text.indexOf('}', at)
    if (end === -1) throw new PlacedFault('syntax', offset + at, '"${" is not closed by "}"')
    steps.push(...readSteps(text.slice(at + 2, end), offset + at + 2))
    return end + 1
  }
  while (at < text.length && text[at] !== '.' && !INDEX.test(text.slice(at, at + LONGEST_INDEX))) {
    at += text[at] === '\\' ? 2 : 1
  }
  if (at === start) throw new PlacedFault('syntax', offset + at, 'expected a name')
  if (at > text.length) throw new PlacedFault('syntax', offset + text.length - 1, 'nothing follows the backslash')
  steps.push({ kind: 'name', name: unescapeName(text.slice(start, at)), at: offset + start })
  return at
}

const INDEX = /^\[(?:\d+|\*|-\d+|\?[^\]]*)?\]/
const LONGEST_INDEX = 80

function readIndexes({ text, offset, steps }: StepReading, start: number): number {
  let at = start
  for (let match = indexAt(text, at); match !== null; match = indexAt(text, at)) {
    steps.push(indexStep(match[0], offset + at))
    at += match[0].length
  }
  return at
}

function indexAt(text: string, at: number): RegExpExecArray | null {
  return INDEX.exec(text.slice(at, at + LONGEST_INDEX))
}

function indexStep(brackets: string, at: number): PathStep {
  const inside = brackets.slice(1, -1)
  if (inside === '*') return { kind: 'every', at }
  if (inside.startsWith('?')) throw new PlacedFault('refused', at, 'filters in paths are not supported: use [0] or [*]')
  if (!/^\d{1,9}$/.test(inside)) throw new PlacedFault('syntax', at, 'expected an element from 0 on, or "*"')
  return { kind: 'index', index: Number(inside), at }
}

/** `\.` is a dot; a backslash before any other character stands for that character. */
export function unescapeName(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1')
}

/** Writes a path: `person.emails[0].custom\.name`. */
export function pathText(steps: readonly PathStep[]): string {
  let text = ''
  for (const step of steps) {
    if (step.kind === 'name') text += `${text === '' ? '' : '.'}${escapeName(step.name)}`
    else text += step.kind === 'every' ? '[*]' : `[${step.index}]`
  }
  return text
}

/** A filter ends at the next `]`, which can be in a later name, so that every `[?` is escaped. */
export function escapeName(name: string): string {
  return name.replace(/[\\.]/g, '\\$&').replace(/\[(?=\?|(?:-?\d+|\*)?\])/g, '\\[')
}

export function countEvery(steps: readonly PathStep[]): number {
  return steps.filter(({ kind }) => kind === 'every').length
}
