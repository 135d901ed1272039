import * as native from 'node:path'
import type { PathStyle } from './leads-out.ts'

/** A path as it counts from a folder, with `/` between its segments on every system. */
export function pathFrom(folder: string, path: string, style: PathStyle = native): string {
  // Split, not replaced: elsewhere than on Windows a backslash is part of a name.
  return style.relative(folder, path).split(style.sep).join('/')
}
