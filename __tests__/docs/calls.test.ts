import { beforeAll, describe, expect, it } from 'vitest'
import { seededMappingSetIds } from '../../emulator/seed/ids.ts'
import { runPostPhase, runStep, type Step } from '../support/runs/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../support/emulator/in-memory-platform.ts'
import { badMember, contentOf } from '../support/files/members.ts'
import { addDataset } from '../support/emulator/more-datasets.ts'
import { addEventDataset, event } from '../support/emulator/profile-events.ts'
import { addSchema } from '../support/emulator/more-schemas.ts'
import { readPage } from './read-pages.ts'

type Call = { readonly written: string; readonly pattern: RegExp; readonly permission: string }

/** What stands for more than one part of a path, or for nothing. */
const WILD: Readonly<Record<string, string>> = { '…': '.*', '{name}': '[^?]+', '{ims-url}': '' }

const [, chapter = ''] = readPage('docs/api-calls-and-permissions.md').text.split('\n## Calls\n')
const calls = chapter
  .slice(0, chapter.indexOf('\n## '))
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap(readCalls)

let seen: readonly string[] = []

describe('the API calls in docs/api-calls-and-permissions.md', () => {
  beforeAll(async () => {
    seen = (await Promise.all(SITUATIONS.map(requestsIn))).flat()
  })

  it('are all that the action makes', () => {
    expect(seen.length).toBeGreaterThan(100)
    expect(seen.filter((request) => !calls.some(({ pattern }) => pattern.test(request)))).toEqual([])
  })

  it.each(calls.filter(({ written }) => !written.includes('GITHUB_API_URL')))('are made: $written', ({ pattern }) => {
    expect(seen.filter((request) => pattern.test(request))).not.toEqual([])
  })

  it('each name a permission', () => {
    const enabling = 'Manage Datasets, Manage Profiles'
    const known = [
      'none',
      'View Datasets',
      'Manage Datasets',
      enabling,
      'View Schemas',
      'View Profiles',
      'Manage Profiles',
      'View Identity Namespaces',
      'not documented; try View Sources',
      '`deployments: write`',
      '`actions: read`',
      '`pull-requests: write`',
      '`contents: read`',
    ]
    expect(calls.filter(({ permission }) => !known.includes(permission))).toEqual([])
    const writing = calls.filter(({ written }) => /^(POST|PUT|PATCH) (\/data|…)/.test(written))
    expect(new Set(writing.map(({ permission }) => permission))).toEqual(
      new Set(['Manage Datasets', enabling, 'Manage Profiles']),
    )
  })
})

type Situation = (platform: InMemoryPlatform) => Promise<unknown>

const files = contentOf('1')

const publish = (platform: InMemoryPlatform, step: Step = {}) => runStep(platform, { files, ...step })

/** Each has calls that no other one has. */
const SITUATIONS: readonly Situation[] = [
  (platform) => publish(platform, { inputs: { validation: 'error' } }),
  (platform) => publish(platform, { inputs: { mapping: seededMappingSetIds.members } }),
  (platform) => publish(platform, { inputs: { dataset: 'New', schema: 'Loyalty Members', upsert: 'true' } }),
  async (platform) => {
    // A schema of Adobe's own.
    const schemaId = 'https://ns.adobe.com/xdm/context/standard'
    addSchema(platform, { $id: schemaId })
    const id = addDataset(platform, { name: 'Standard', schemaId })
    await publish(platform, { inputs: { dataset: id, validation: 'error' } })
  },
  async (platform) => {
    const id = addDataset(platform, { name: 'Mine', tags: { unifiedProfile: ['enabled:true'] } })
    await publish(platform, { inputs: { dataset: id, upsert: 'enable' } })
  },
  async (platform) => {
    await publish(platform, { inputs: { publication: 'members' } })
    await runStep(platform, { inputs: { mode: 'revert', 'batch-id': 'previous', publication: 'members', glob: '' } })
  },
  async (platform) => {
    const dataset = addEventDataset(platform)
    const { outputs } = await publish(platform, { files: { 'data/a.jsonl': event('1') }, inputs: { dataset } })
    const inputs = { dataset, mode: 'revert', 'batch-id': outputs['batch-id'] ?? '', 'revert-profile': 'true' }
    // The record of a batch need not say in which sandbox it is.
    const body = JSON.stringify({ [inputs['batch-id']]: { status: 'success' } })
    platform.emulator.faults.add({ path: '/**/catalog/batches/*', effect: { kind: 'answer', status: 200, body } })
    await runStep(platform, { inputs: { ...inputs, glob: '' } })
  },
  (platform) => publish(platform, { files: { 'data/a.jsonl': badMember('1') } }),
  // Refused as too large, so by pieces, one of which is lost.
  async (platform) => {
    platform.emulator.faults.add(
      { method: 'PUT', path: '/**', times: 0, effect: { kind: 'answer', status: 413 } },
      { method: 'PATCH', path: '/**/files/**', effect: { kind: 'reset', when: 'after' } },
    )
    await publish(platform, { files: { 'data/a.jsonl': contentOf('1')['data/a.jsonl']?.repeat(60_000) ?? '' } })
  },
  (platform) => runStep(platform, { inputs: { mode: 'doctor', glob: '' } }),
  // A batch stays open, and taken back.
  async (platform) => {
    platform.emulator.faults.add({ method: 'PUT', path: '/**', times: 0, effect: { kind: 'answer', status: 400 } })
    await runPostPhase(platform, (await publish(platform)).state)
  },
  // Neither of the first two places holds the rejected rows.
  async (platform) => {
    platform.emulator.faults.add({ path: '/**/meta', times: 0, effect: { kind: 'answer', status: 404 } })
    await publish(platform, { files: { 'data/a.jsonl': badMember('1') } })
  },
]

async function requestsIn(situation: Situation): Promise<readonly string[]> {
  const platform = inMemoryPlatform({ schemasPerPage: 1 })
  await situation(platform)
  return platform.emulator.requests().map(({ method, target }) => `${method} ${target}`)
}

function readCalls(row: string): readonly Call[] {
  const [, written = '', permission = ''] = row.split('|').map((cell) => cell.trim())
  return Array.from(written.matchAll(/`([^`]+)`/g), ([, call = '']) => ({
    written: call,
    pattern: patternOf(call),
    permission: permission.replaceAll('**', ''),
  }))
}

/** `{id}` is one part of a path, `{name}` several, `…` whatever may stand there. */
function patternOf(call: string): RegExp {
  const [method = '', target = ''] = call.split(' ')
  const parts = target.split(/(\{[^}]+\}|…)/)
  const pattern = parts.map(
    (part) => WILD[part] ?? (part.startsWith('{') ? '[^/?]+' : part.replace(/[.?]/g, String.raw`\$&`)),
  )
  return new RegExp(`^${method} ${pattern.join('')}$`)
}
