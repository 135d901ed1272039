import { mkdir, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folders of a publish run, removed with their files on disposal. */
export type Places = AsyncDisposable & { readonly workspace: string; readonly temp: string }

export async function openPlaces(): Promise<Places> {
  const home = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [workspace, temp] = [join(home.path, 'workspace'), join(home.path, 'temp')]
  for (const folder of [workspace, temp]) await mkdir(folder)
  return { workspace, temp, [Symbol.asyncDispose]: () => home[Symbol.asyncDispose]() }
}
