import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Emulator } from './emulator.ts'
import { seedOwnSchema } from './seed/own-schema.ts'
import { type StartOptions, readOptions } from './options.ts'
import { seededCredential, seededSandboxes } from './seed.ts'
import { seededDatasetIds, seededMappingSetIds, seededOrg } from './seed/ids.ts'
import { type RunningEmulator, startEmulator } from './server.ts'

const asked = readOptions(process.argv.slice(2))
if (asked.kind === 'start') await start(asked)
else if (asked.kind === 'help') console.log(asked.text)
else {
  console.error(asked.text)
  process.exitCode = 2
}

async function start(options: StartOptions): Promise<void> {
  const { mode, dialect, own } = options
  const running = await listen(options)
  if (running === undefined) return
  const { url, close, emulator } = running
  const datasets = Object.entries(seededDatasetIds).map(([name, id]) => `${id} ${name}`)
  try {
    if (own !== undefined) datasets.push(`${await addOwn(own, emulator)} ${own.dataset}`)
  } catch (error) {
    console.error(`Cannot use the schema in ${own?.schema}: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
    await close()
    return
  }

  console.log(`A local Experience Platform (${mode}, dialect ${dialect}) listens at ${url}

  organization   ${seededOrg}
  client id      ${seededCredential.clientId}
  client secret  ${seededCredential.secrets[0]}
  scopes         ${seededCredential.scopes.join(',')}
  sandboxes      ${Object.keys(seededSandboxes).join(', ')}
  datasets       ${datasets.join('\n                 ')}
  mapping sets   ${Object.entries(seededMappingSetIds)
    .map(([name, id]) => `${id} ${name}`)
    .join('\n                 ')}

Try:
  curl ${url}/ims/token/v3 -d grant_type=client_credentials -d client_id=${seededCredential.clientId} \\
    -d client_secret=${seededCredential.secrets[0]} -d scope=openid
  curl ${url}/_emulator/requests`)

  // A second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
}

async function listen({ port, mode, dialect }: StartOptions): Promise<RunningEmulator | undefined> {
  try {
    return await startEmulator({ port, settings: { mode, dialect } })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    console.error(`Cannot listen on port ${port}: another process does. Stop it, or choose another port with --port`)
    process.exitCode = 2
    return undefined
  }
}

/** Resolves paths against the folder in which npm was called: npm changes into the folder of the package. */
async function addOwn({ schema, dataset }: NonNullable<StartOptions['own']>, emulator: Emulator): Promise<string> {
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), schema)
  return seedOwnSchema(emulator, await readFile(path, 'utf8'), dataset)
}
