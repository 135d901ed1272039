import { type StartOptions, readOptions } from './options.ts'
import { seededCredential, seededSandboxes } from './seed.ts'
import { seededDatasetIds, seededMappingSetIds, seededOrg } from './seed/ids.ts'
import { startEmulator } from './server.ts'

const asked = readOptions(process.argv.slice(2))
if (asked.kind === 'start') await start(asked)
else if (asked.kind === 'help') console.log(asked.text)
else {
  console.error(asked.text)
  process.exitCode = 2
}

async function start({ port, mode, dialect }: StartOptions): Promise<void> {
  const { url, close } = await startEmulator({ port, settings: { mode, dialect } })

  console.log(`A local Experience Platform (${mode}, dialect ${dialect}) listens at ${url}

  organisation   ${seededOrg}
  client id      ${seededCredential.clientId}
  client secret  ${seededCredential.secrets[0]}
  scopes         ${seededCredential.scopes.join(',')}
  sandboxes      ${Object.keys(seededSandboxes).join(', ')}
  datasets       ${Object.entries(seededDatasetIds)
    .map(([name, id]) => `${id} ${name}`)
    .join('\n                 ')}
  mapping sets   ${Object.entries(seededMappingSetIds)
    .map(([name, id]) => `${id} ${name}`)
    .join('\n                 ')}

Try:
  curl ${url}/ims/token/v3 -d grant_type=client_credentials -d client_id=${seededCredential.clientId} \\
    -d client_secret=${seededCredential.secrets[0]} -d scope=openid
  curl ${url}/_emulator/requests`)

  // Asked twice, the second signal ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
}
