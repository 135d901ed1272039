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

/**
 * Finds which of many patterns match a path, in their order. A pattern whose last part is a literal name is tried only
 * for paths that contain it, so that thousands of names are not compared with thousands of files.
 */
export function matchAny<T extends { readonly matcher: Matcher }>(all: readonly T[]): (path: string) => readonly T[] {
  const order = new Map(all.map((one, index) => [one, index]))
  const byName = Map.groupBy(all, ({ matcher }) => lastName(matcher))
  return (path) => {
    const names = new Set<string | undefined>(path.split('/')).add(undefined)
    const tried = Array.from(names).flatMap((name) => byName.get(name) ?? [])
    const found = tried.filter(({ matcher }) => matches(matcher, path))
    return found.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  }
}

/** The excluding patterns of a list. */
export type Excludes = {
  readonly all: readonly Exclude[]
  /** The excludes after a place in the list that match this path. */
  matching(path: string, place: number): readonly Exclude[]
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
  const matching = matchAny(all)
  return { all, matching: (path, before) => matching(path).filter(({ place }) => place > before) }
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
  const including = matchAny(includes)
  const excludes = excludesAmong(patterns, isThere)
  return {
    finds(given) {
      const path = given.normalize('NFC')
      return including(path).some(({ place }) => excludes.matching(path, place).length === 0)
    },
    searches(given) {
      const folder = given.normalize('NFC')
      // A pattern that matches a folder means everything in it.
      const isTaken = ({ matcher }: Exclude) => covers(matcher, folder) || matches(matcher, folder)
      const last = excludes.all.findLast(isTaken)?.place ?? -1
      return includes.some(({ matcher, place }) => place > last && reachesInto(matcher, folder))
    },
  }
}

/** Node's replacement for bytes that are not UTF-8. A file can't be opened by a name that contains it. */
export const REPLACEMENT = '\uFFFD'

/** Whether the name contains bytes that are not UTF-8. */
export function isGarbled(path: string): boolean {
  return path.includes(REPLACEMENT)
}
