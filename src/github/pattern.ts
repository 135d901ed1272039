import { lstatSync } from 'node:fs'
import { join, sep as nativeSep } from 'node:path'
import { Minimatch } from 'minimatch'

/** Each further `!` inverts the pattern again. */
export function isInclude(pattern: string): boolean {
  return leadingMarks(pattern).replace(/\s/g, '').length % 2 === 0
}

/** `! !a` → `! !` */
export function leadingMarks(pattern: string): string {
  return /^[!\s]*/.exec(pattern)?.[0] ?? ''
}

/**
 * A name with an accent can be stored composed or decomposed, as macOS writes it, and both look the same. @actions/glob
 * tells them apart; the walk compares both in composed form.
 */
export function hasTwoForms(text: string): boolean {
  return text.normalize('NFC') !== text.normalize('NFD')
}

/** `!./data/*.json` → `!/the/workspace/data/*.json`, whatever the working directory, and whatever its name contains. */
export function anchor(line: string, workspace: string, sep: string = nativeSep): string {
  const marks = leadingMarks(line)
  const pattern = line.slice(marks.length).replace(sep === '\\' ? /^(?:\.[/\\])+/ : /^(?:\.\/)+/, '')
  return `${marks.replace(/\s/g, '')}${escapeFolder(workspace, sep)}/${escapeNames(pattern, namesIn(workspace))}`
}

/** Escapes as @actions/glob does with the working directory. */
function escapeFolder(folder: string, sep: string): string {
  const slashed = sep === '\\' ? folder : folder.replaceAll('\\', '\\\\')
  return slashed.replace(/\[(?=[^/]+\])/g, '[[]').replace(/[?*]/g, '[$&]')
}

/** A pattern, read as @actions/glob reads it. */
export type Matcher = {
  /** Matches the path itself. */
  readonly exact: Minimatch
  /** Matches paths below it: a pattern that matches a folder means all files in it. */
  readonly below: Minimatch
  readonly isFolder: boolean
  readonly isGlobstar: boolean
}

/** The options of @actions/glob. */
const OPTIONS = { dot: true, nobrace: true, nocase: nativeSep === '\\', nocomment: true, noext: true, nonegate: true }

/** Options for a search by the letters alone. */
export const IGNORING_CASE = { ...OPTIONS, nocase: true }

/** On Windows, upper and lower case are the same to every search. */
export const isCaseIgnored: boolean = OPTIONS.nocase

export function compile(text: string, isThere: NameLookUp, options = OPTIONS): Matcher {
  const path = fromWorkspace(text)
  const named = escapeNames(path.replace(/\/+$/, ''), isThere)
  const exact = new Minimatch(named.normalize('NFC'), options)
  const isFolder = path.endsWith('/')
  const isGlobstar = /(^|\/)\*\*$/.test(named)
  const below = isGlobstar && !isFolder ? exact : new Minimatch(`${named.normalize('NFC')}/**`, options)
  return { exact, below, isFolder, isGlobstar }
}

/** `! ./data/*.json` → `data/*.json`. On Windows `\` means `/`; elsewhere it makes the next character literal. */
export function fromWorkspace(pattern: string, sep: string = nativeSep): string {
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern
  const path = slashed.replace(/^[!\s]*(?:\.\/+)*/, '')
  return path === '' || path === '.' ? '**' : path
}

/** Whether a file or a folder with this path exists. */
export type NameLookUp = (path: string) => boolean

/** Brackets in the name of an existing file or folder are part of that name, not a set of characters. */
function escapeNames(pattern: string, isThere: NameLookUp): string {
  const segments = pattern.split('/')
  const wild = segments.findIndex((segment, index) => {
    if (/[*?\\]/.test(segment)) return true
    return segment.includes('[') && !isThere(segments.slice(0, index + 1).join('/'))
  })
  const end = wild < 0 ? segments.length : wild
  return segments.map((segment, index) => (index < end ? segment.replaceAll('[', '[[]') : segment)).join('/')
}

/** Looks a path up in every form in which its names can be stored. */
export function namesIn(workspace: string): NameLookUp {
  return (path) => {
    const forms = new Set([path, path.normalize('NFC'), path.normalize('NFD')])
    return Array.from(forms).some((form) => exists(join(workspace, form)))
  }
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // A file in place of a folder, or a folder that can't be entered: the search itself reports it.
    return false
  }
}

/** The literal start of a pattern. A literal name needs no listing of its folder, unless it can be stored in two forms. */
export function literalPart({ exact }: Matcher): string {
  const parts: readonly unknown[] = exact.set[0] ?? []
  const wild = parts.findIndex((part) => typeof part !== 'string' || hasTwoForms(part))
  return parts.slice(0, wild < 0 ? parts.length : wild).join('/')
}

/** A pattern that ends in a globstar also matches its own base, even if that is a file. @actions/glob does the same. */
export function matches({ exact, below, isFolder }: Matcher, path: string): boolean {
  if (exact === below) return exact.match(`${path}/`)
  return (!isFolder && exact.match(path)) || below.match(path)
}

/** Whether it can match something in this folder. */
export function reachesInto({ below }: Matcher, folder: string): boolean {
  return folder === '' || below.match(folder, true)
}

/** Whether it matches everything in this folder. */
export function covers({ exact, isGlobstar }: Matcher, folder: string): boolean {
  return exact.match(isGlobstar ? `${folder}/` : folder)
}

/** Many patterns, of which each question tries only those that can be meant: thousands of patterns and paths stay quick. */
type PatternIndex<T> = {
  /** Which may match a path, or cover a folder; in their order. */
  near(path: string): readonly T[]
  /** Which may match something in a folder. */
  around(folder: string): readonly T[]
}

function indexPatterns<T extends { readonly matcher: Matcher }>(all: readonly T[]): PatternIndex<T> {
  const order = new Map(all.map((one, index) => [one, index]))
  const inOrder = (some: readonly T[]) => some.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  const byName = Map.groupBy(all, ({ matcher }) => lastName(matcher))
  const byStart = Map.groupBy(byName.get(undefined) ?? [], ({ matcher }) => literalPart(matcher))
  const allByStart = Map.groupBy(all, ({ matcher }) => literalPart(matcher))
  const below = new Map<string, T[]>()
  for (const one of all) for (const folder of foldersAbove(literalPart(one.matcher))) listAt(below, folder).push(one)
  const startingAt = (path: string, starts: ReadonlyMap<string, readonly T[]>) =>
    [...foldersAbove(path), path].flatMap((folder) => starts.get(folder) ?? [])
  return {
    near: (path) => {
      const names = Array.from(new Set(path.split('/'))).flatMap((name) => byName.get(name) ?? [])
      return inOrder([...names, ...startingAt(path, byStart)])
    },
    around: (folder) => [...startingAt(folder, allByStart), ...(below.get(folder) ?? [])],
  }
}

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** `a/b/c` → the workspace itself, `a` and `a/b`; nothing is above the workspace. */
function foldersAbove(path: string): readonly string[] {
  if (path === '') return []
  const segments = path.split('/')
  return segments.map((_, index) => segments.slice(0, index).join('/'))
}

/** Finds which of many patterns match a path, in their order. */
export function matchAny<T extends { readonly matcher: Matcher }>(all: readonly T[]): (path: string) => readonly T[] {
  const index = indexPatterns(all)
  return (path) => index.near(path).filter(({ matcher }) => matches(matcher, path))
}

/** The excluding patterns of a list. Each question is about those after a place in the list. */
export type Excludes = {
  readonly all: readonly Exclude[]
  /** Those that match this path. */
  matching(path: string, place: number): readonly Exclude[]
  /** Those that match everything in this folder. */
  covering(folder: string, place: number): readonly Exclude[]
  /** Those that can match something in this folder. */
  reaching(folder: string, place: number): readonly Exclude[]
}

export type Exclude = {
  readonly text: string
  /** Its position among all patterns: it applies to those before it. */
  readonly place: number
  readonly matcher: Matcher
}

export function excludesAmong(patterns: readonly string[], isThere: NameLookUp): Excludes {
  const all = patterns.flatMap((text, place) =>
    isInclude(text) ? [] : [{ text, place, matcher: compile(text, isThere) }],
  )
  const index = indexPatterns(all)
  const after = (some: readonly Exclude[], before: number) => some.filter(({ place }) => place > before)
  return {
    all,
    matching: (path, before) => after(index.near(path), before).filter(({ matcher }) => matches(matcher, path)),
    covering: (folder, before) => after(index.near(folder), before).filter(({ matcher }) => covers(matcher, folder)),
    reaching: (folder, before) =>
      after(index.around(folder), before).filter(({ matcher }) => reachesInto(matcher, folder)),
  }
}

/** @returns undefined if the last part has wildcards, or if case doesn't matter */
function lastName({ exact }: Matcher): string | undefined {
  const last: unknown = exact.set.length === 1 ? exact.set[0]?.at(-1) : undefined
  return typeof last === 'string' ? last : undefined
}

/** For files known only from a list: which of them the patterns find, and which folders they search. */
export type PathFilter = { finds(path: string): boolean; searches(folder: string): boolean }

/** `isThere` tells whether a file or folder with exactly this name exists. */
export function pathFilter(patterns: readonly string[], isThere: NameLookUp): PathFilter {
  const includes = patterns.flatMap((text, place) =>
    isInclude(text) ? [{ place, matcher: compile(text, isThere) }] : [],
  )
  const index = indexPatterns(includes)
  const excludes = excludesAmong(patterns, isThere)
  return {
    finds(given) {
      const path = given.normalize('NFC')
      const including = index.near(path).filter(({ matcher }) => matches(matcher, path))
      return including.some(({ place }) => excludes.matching(path, place).length === 0)
    },
    searches(given) {
      const folder = given.normalize('NFC')
      // A pattern that matches a folder means everything in it.
      const taking = [...excludes.covering(folder, -1), ...excludes.matching(folder, -1)]
      const last = taking.reduce((latest, { place }) => Math.max(latest, place), -1)
      return index.around(folder).some(({ matcher, place }) => place > last && reachesInto(matcher, folder))
    },
  }
}

/** Node's replacement for bytes that are not UTF-8. A file can't be opened by a name that contains it. */
export const REPLACEMENT = '\uFFFD'

/** Whether the name contains bytes that are not UTF-8. */
export function isGarbled(path: string): boolean {
  return path.includes(REPLACEMENT)
}
