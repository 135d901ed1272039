import * as native from 'node:path'

/** The part of `node:path` that differs between systems. */
export type PathStyle = Pick<native.PlatformPath, 'relative' | 'isAbsolute' | 'sep'>

/**
 * Whether a real path is outside of a real folder. On Windows the way to another drive, or to a share, has no `..` in it: it
 * is that path itself.
 */
export function leadsOut(folder: string, path: string, style: PathStyle = native): boolean {
  const way = style.relative(folder, path)
  return style.isAbsolute(way) || way.split(style.sep)[0] === '..'
}
