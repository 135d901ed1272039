import type { Route } from './call.ts'

export type Found =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'other-method'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown-path' }
  | { readonly kind: 'malformed-path' }

export type Router = (method: string, path: string) => Found

/** The first route that matches wins; one slash at the end of a path is ignored. */
export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map((route) => ({ route, wanted: segments(route.pattern) }))
  return (method, path) => {
    const given = segments(path)
    if (given.some((segment) => decoded(segment) === undefined)) return { kind: 'malformed-path' }
    const fitting = compiled.filter(({ wanted }) => fits(wanted, given))
    const found = fitting.find(({ route }) => route.method === method)
    if (found !== undefined) return { kind: 'route', route: found.route, params: paramsOf(found.wanted, given) }
    if (fitting.length === 0) return { kind: 'unknown-path' }
    return { kind: 'other-method', allow: fitting.map(({ route }) => route.method) }
  }
}

function segments(path: string): readonly string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/')
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  const open = wanted.at(-1) === '*'
  const fixed = open ? wanted.slice(0, -1) : wanted
  if (open ? given.length <= fixed.length : given.length !== fixed.length) return false
  return fixed.every((want, index) => want === given[index] || (want.startsWith(':') && given[index] !== ''))
}

function paramsOf(wanted: readonly string[], given: readonly string[]): Readonly<Record<string, string>> {
  const named = wanted.flatMap((want, index): (readonly [string, string])[] => {
    if (want === '*') return [['*', given.slice(index).map(decodedOrEmpty).join('/')]]
    return want.startsWith(':') ? [[want.slice(1), decodedOrEmpty(given[index] ?? '')]] : []
  })
  return Object.fromEntries(named)
}

function decodedOrEmpty(segment: string): string {
  return decoded(segment) ?? ''
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
