import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** How often the work lists a whole folder with one call. */
export async function countListings(work: () => Promise<unknown>): Promise<number> {
  const { readdirSync } = fs
  let listings = 0
  const counting = (...args: Parameters<typeof readdirSync>) => {
    listings++
    return Reflect.apply(readdirSync, fs, args) as unknown
  }
  Object.assign(fs, { readdirSync: counting })
  syncBuiltinESMExports()
  try {
    await work()
    return listings
  } finally {
    Object.assign(fs, { readdirSync })
    syncBuiltinESMExports()
  }
}
