import { describe, expect, it } from 'vitest'
import FROZEN from '../../fixtures/frozen-batches/0.1.0.json' with { type: 'json' }
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { member, platformInputs } from '../../support/runs/platform-inputs.ts'
import { mainPhase } from '../../support/runs/workflow-step.ts'
import { FROZEN_CASES, type FrozenCase } from './cases.ts'
import { createdBy, type FrozenBatch } from './created.ts'

/**
 * What an earlier version created batches with; it is in the datasets of those who used it. An expectation here is never
 * brought up to date: a batch that is not known again is published twice, or replaced by what does not replace it.
 */
const frozen: Readonly<Record<string, readonly FrozenBatch[]>> = FROZEN

describe('a publish', () => {
  const alike = FROZEN_CASES.filter(({ isCutOtherwise }) => isCutOtherwise !== true)
  it.concurrent.each(alike)('creates its batches as the version before did: $name', async (one) => {
    await using platform = await localPlatform()
    const { batches, run } = await createdBy(platform, one)
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(batches).toEqual(frozen[one.name])
  })

  it.concurrent.each(FROZEN_CASES)('knows what the version before published: $name', async (one) => {
    await using platform = await localPlatform()
    const ids = await publishFrozen(platform, one)
    const { exitCode, outputs, log } = await mainPhase(platform, { inputs: one.inputs, files: one.files, run: 1003 })
    expect([exitCode, outputs['outcome']], log).toEqual([0, 'skipped'])
    expect(JSON.parse(outputs['batch-ids'] ?? '')).toEqual(ids.slice(one.before === undefined ? 0 : 1))
    expect(await platform.emulator.batches()).toHaveLength(ids.length)
  })
})

describe('1,501 files, of which the version before published a part,', () => {
  const parts = FROZEN_CASES.filter(({ name }) => name === 'two parts')

  it.concurrent.each([
    { there: 'the first', number: 0, sent: 1 },
    { there: 'the second', number: 1, sent: 1_500 },
  ])('are completed by what is missing: $there is there', async ({ number, sent }) => {
    await using platform = await localPlatform()
    const [one] = parts
    if (one === undefined) throw new Error('There is no such case')
    const ids = await publishFrozen(platform, one, number)
    const step = { inputs: one.inputs, files: one.files, run: 1003 }
    const { exitCode, outputs, log } = await mainPhase(platform, step)
    expect([exitCode, outputs['outcome']], log).toEqual([0, 'published'])
    const batches = await platform.emulator.batches()
    expect(batches.map(({ files }) => files.length)).toEqual([1, sent])
    expect(batches.map(({ tags }) => tags['gh_part'])).toEqual([[`${number + 1}/2`], [`${2 - number}/2`]])
    expect(JSON.parse(outputs['batch-ids'] ?? '')).toEqual(expect.arrayContaining([...ids, batches[1]?.id]))
    const again = await mainPhase(platform, { ...step, run: 1004 })
    expect(again.outputs['outcome'], again.log).toBe('skipped')
  })

  it('are sent as one batch in the place of that part, where a replacement is asked for', async () => {
    await using platform = await localPlatform()
    const [one] = parts
    if (one === undefined) throw new Error('There is no such case')
    const ids = await publishFrozen(platform, one, 1)
    const inputs = { ...one.inputs, 'replay-predecessors': 'previous' }
    const { exitCode, outputs, log } = await mainPhase(platform, { inputs, files: one.files, run: 1003 })
    expect([exitCode, outputs['outcome']], log).toEqual([0, 'published'])
    const stages = (await platform.emulator.batches()).map(({ stage, files }) => [stage, files.length])
    expect(stages).toEqual([
      ['inactive', 1],
      ['success', 1_501],
    ])
    expect(ids).toHaveLength(1)
  })
})

/** Sends the requests of the version before: creation, a file, COMPLETE. `only`: of one of its batches, by index. */
async function publishFrozen(
  platform: LocalPlatform,
  { name, files, inputs }: FrozenCase,
  only?: number,
): Promise<readonly string[]> {
  const [content = ''] = Object.values(files)
  const dataset = inputs['dataset'] ?? platformInputs(platform.url)['dataset'] ?? ''
  const ids: string[] = []
  for (const { creation, rows } of (frozen[name] ?? []).filter((_, index) => only === undefined || index === only)) {
    const body = JSON.stringify(creation, (_, value) => (/^batch \d+$/.test(String(value)) ? ids[0] : value) as unknown)
    const answer = await ask(platform, 'POST', '/batches', body)
    const { id } = (await answer.json()) as { readonly id: string }
    await ask(
      platform,
      'PUT',
      `/batches/${id}/datasets/${dataset}/files/a`,
      creation.inputFormat.isMultiLineJson === false ? lines(rows) : content,
    )
    await ask(platform, 'POST', `/batches/${id}?action=COMPLETE`)
    ids.push(id)
  }
  return ids
}

/** Whichever members they are: a batch is known by its tags, and by how many rows it holds. */
function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => member(String(index))).join('')
}

async function ask(
  platform: LocalPlatform,
  method: string,
  path: string,
  body: string | Uint8Array = '',
): Promise<Response> {
  const { 'client-id': key = '', 'org-id': org = '', sandbox = '' } = platformInputs(platform.url)
  const headers = {
    authorization: `Bearer ${await platform.token()}`,
    'x-api-key': key,
    'x-gw-ims-org-id': org,
    'x-sandbox-name': sandbox,
    'content-type': method === 'PUT' ? 'application/octet-stream' : 'application/json',
  }
  const answer = await fetch(`${platform.url}/data/foundation/import${path}`, {
    method,
    headers,
    body: Buffer.from(body),
  })
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
  return answer
}
