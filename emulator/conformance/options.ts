import { parseArgs } from 'node:util'
import { ownValue } from '../json.ts'
import type { SandboxAccess } from './session.ts'

const USAGE = `npm run conformance -- [options]

Sends every request of emulator/README.md, and compares the answers with what Adobe documents. Without --url it asks the
emulator.

  --url URL        a real Experience Platform, such as https://platform.adobe.io; only requests that read are sent
  --ims-url URL    where tokens come from (default https://ims-na1.adobelogin.com)
  --dataset ID     the dataset to ask about (default: the first of the sandbox)
  --write          also create batches in the dataset, upload into them, and abort them; needs --dataset
  --report FILE    where to write what differed (default conformance.json)
  --help           this text

With --url, these variables of the environment are needed: AEP_ORG_ID, AEP_SANDBOX, AEP_CLIENT_ID, and AEP_CLIENT_SECRET or
AEP_ACCESS_TOKEN. AEP_SCOPES is optional.`

const options = {
  url: { type: 'string' },
  'ims-url': { type: 'string', default: 'https://ims-na1.adobelogin.com' },
  dataset: { type: 'string' },
  write: { type: 'boolean', default: false },
  report: { type: 'string', default: 'conformance.json' },
  help: { type: 'boolean', default: false },
} as const

/** "Server-to-server authentication": the scopes of the Experience Platform API. */
const SCOPES = 'openid,AdobeID,session,read_organizations,additional_info.projectedProductContext'

export type ConformanceOrder =
  | { readonly kind: 'run'; readonly file: string; readonly access: SandboxAccess | undefined }
  | { readonly kind: 'help' | 'refused'; readonly text: string }

type Environment = Readonly<Record<string, string | undefined>>

/** Parses the arguments after `npm run conformance --`; `refused` says what is wrong with them. */
export function readOrder(args: readonly string[], environment: Environment): ConformanceOrder {
  try {
    const { values } = parseArgs({ options, args: [...args] })
    if (values.help) return { kind: 'help', text: USAGE }
    const { url, dataset, write, report: file } = values
    if (url === undefined) {
      if (write || dataset !== undefined) throw new Error('--write and --dataset need --url')
      return { kind: 'run', file, access: undefined }
    }
    if (write && dataset === undefined) throw new Error('--write needs --dataset: batches are created in it')
    return { kind: 'run', file, access: accessOf({ ...values, url }, environment) }
  } catch (error) {
    return { kind: 'refused', text: `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}` }
  }
}

type Values = { readonly url: string; readonly 'ims-url': string; readonly dataset?: string; readonly write: boolean }

function accessOf(values: Values, environment: Environment): SandboxAccess {
  const { dataset, write: writes } = values
  const clientSecret = ownValue(environment, 'AEP_CLIENT_SECRET') || undefined
  const accessToken = ownValue(environment, 'AEP_ACCESS_TOKEN') || undefined
  if (clientSecret === undefined && accessToken === undefined) {
    throw new Error('AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN is missing in the environment')
  }
  return {
    url: baseOf('--url', values.url),
    imsUrl: baseOf('--ims-url', values['ims-url']),
    clientId: needed(environment, 'AEP_CLIENT_ID'),
    organization: needed(environment, 'AEP_ORG_ID'),
    sandbox: needed(environment, 'AEP_SANDBOX'),
    scopes: ownValue(environment, 'AEP_SCOPES') || SCOPES,
    writes,
    ...(dataset === undefined ? {} : { dataset: datasetOf(dataset) }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(accessToken === undefined ? {} : { accessToken }),
  }
}

function needed(environment: Environment, name: string): string {
  const value = ownValue(environment, name) || undefined
  if (value === undefined) throw new Error(`${name} is missing in the environment`)
  return value
}

function datasetOf(id: string): string {
  if (/^[0-9a-f]{24}$/.test(id)) return id
  throw new Error(`--dataset must be the id of a dataset (24 hexadecimal digits), not ${JSON.stringify(id)}`)
}

/** The run sends a secret there, so only localhost is allowed without TLS. */
function baseOf(name: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url === undefined || (url.protocol !== 'https:' && !isLocal)) {
    throw new Error(`${name} must begin with https:// (http:// for localhost only), not ${JSON.stringify(given)}`)
  }
  return url.origin
}
