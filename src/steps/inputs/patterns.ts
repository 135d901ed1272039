import { lines } from './lines.ts'
import { read, refuse, type Fault, type Reading } from './reading.ts'

/**
 * The patterns of `glob`, one a line, `!` excludes, `#` starts a comment line, as @actions/glob reads them.
 * What that would take literally, refuse without a word of help, or read outside the workspace is a fault here.
 */
export function readPatterns(text: string): Reading<readonly string[]> {
  const patterns = lines(text).filter((line) => !line.startsWith('#'))
  const faults = [...(patterns.some(isInclude) ? [] : [withoutInclude(text)]), ...patterns.flatMap(faultsOf)]
  return faults.length === 0 ? read(patterns) : refuse(...faults)
}

function withoutInclude(text: string): Fault {
  return { value: text, allowed: 'patterns, one a line, at least one of them without "!", such as "data/**/*.json"' }
}

/** Each further `!` turns the pattern round again. */
function isInclude(pattern: string): boolean {
  return marks(pattern).replace(/\s/g, '').length % 2 === 0
}

function marks(pattern: string): string {
  return /^[!\s]*/.exec(pattern)?.[0] ?? ''
}

function faultsOf(pattern: string): readonly Fault[] {
  const path = pattern.slice(marks(pattern).length)
  const segments = path.split(/[/\\]/)
  const allowed = [
    path === '' && 'a pattern after "!"',
    isAbsolute(path) && 'a path relative to the workspace, such as "data/*.json"',
    segments.includes('..') && 'a path inside the workspace, written without ".."',
    segments.slice(1).includes('.') && 'a path written without "." between its segments',
    /\{[^{}]*(,|\.\.)[^{}]*\}/.test(path) && `no braces, but one pattern a line${spelledOut(pattern)}`,
  ]
  return allowed.filter((phrase) => phrase !== false).map((phrase) => ({ value: pattern, allowed: phrase }))
}

/** On every system alike: a workflow that runs on two of them must mean the same files. */
function isAbsolute(path: string): boolean {
  return /^(\/|[A-Za-z]:|\\[\w.\\-]|~($|[/\\]))/.test(path)
}

/** Several groups could make more lines than anyone would read. */
function spelledOut(pattern: string): string {
  const [, before, choices, after] = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(pattern) ?? []
  if (before === undefined || choices === undefined || after === undefined) return ''
  return `: ${choices
    .split(',')
    .map((choice) => JSON.stringify(before + choice.trim() + after))
    .join(' and ')}`
}
