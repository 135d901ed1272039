import { parseArgs } from 'node:util'
import { seededCredential, seededSandboxes } from './seed.ts'
import { seededDatasetIds, seededOrg } from './seed/ids.ts'
import { startEmulator } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    mode: { type: 'string', default: 'strict' },
    dialect: { type: 'string', default: 'docs' },
  },
})

const mode = oneOf('mode', values.mode, ['strict', 'lenient'] as const)
const dialect = oneOf('dialect', values.dialect, ['docs', 'oas', 'lab'] as const)
const { url, close } = await startEmulator({ port: Number(values.port), settings: { mode, dialect } })

console.log(`A local Experience Platform (${mode}, dialect ${dialect}) listens at ${url}

  organisation   ${seededOrg}
  client id      ${seededCredential.clientId}
  client secret  ${seededCredential.secrets[0]}
  scopes         ${seededCredential.scopes.join(',')}
  sandboxes      ${Object.keys(seededSandboxes).join(', ')}
  datasets       ${Object.entries(seededDatasetIds)
    .map(([name, id]) => `${id} ${name}`)
    .join('\n                 ')}

Try:
  curl ${url}/ims/token/v3 -d grant_type=client_credentials -d client_id=${seededCredential.clientId} \\
    -d client_secret=${seededCredential.secrets[0]} -d scope=openid
  curl ${url}/_emulator/requests`)

// Asked twice, the second signal ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())

function oneOf<Word extends string>(name: string, given: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === given)
  if (word === undefined) throw new Error(`--${name} must be one of ${words.join(', ')}, not ${JSON.stringify(given)}`)
  return word
}
