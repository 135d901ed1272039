import { describe, expect, it } from 'vitest'
import { contentOf } from '../../support/files/members.ts'
import { planned } from '../../support/publish/planned.ts'
import { desk } from '../../support/runs/publishing-desk.ts'

const REGISTRY = '/**/schemaregistry/**'
const TOLD = /^Cannot tell whether the dataset is relational: (.*)$/m

describe('the class of the schema, where rows are not validated', () => {
  it('is read once, and nothing is said of a dataset that is not relational', async () => {
    const { platform, publish } = desk()
    const run = await publish(contentOf('a'))
    expect([run.failed, run.outputs['outcome'], run.warnings]).toEqual([false, 'published', []])
    expect(run.log).not.toMatch(/relational/)
    const read = platform.emulator.requests().filter(({ target }) => target.includes('/schemaregistry/'))
    expect(read.map(({ target }) => target)).toEqual([expect.stringContaining('/schemaregistry/tenant/schemas/')])
  })

  it.each([
    ['is forbidden', { kind: 'answer', status: 403, body: '{}' }, /the answer was 403/],
    ['has no such schema', { kind: 'missing' }, /the Schema Registry of this sandbox does not contain "https:/],
    [
      'is out of order',
      { kind: 'answer', status: 503, body: '{}' },
      /the Schema Registry gave no usable answer within 15 seconds/,
    ],
    [
      'answers no schema',
      { kind: 'answer', status: 200, body: '[]' },
      /the Schema Registry gave no usable answer within 15 seconds/,
    ],
  ] as const)('is unknown, and publishing goes on, where the registry %s', async (_, effect, reason) => {
    const { platform, publish } = desk()
    platform.emulator.faults.add({ method: 'GET', path: REGISTRY, times: 0, effect })
    const plan = await planned(platform, contentOf('a'))
    expect(TOLD.exec(plan.log)?.[1], plan.log).toMatch(reason)
    const run = await publish(contentOf('a'))
    expect([run.failed, run.outputs['outcome'], run.warnings]).toEqual([false, 'published', []])
    expect(TOLD.exec(run.log)?.[1], run.log).toMatch(reason)
    expect(run.log).toContain('If it is, the row counts do not tell how many rows were applied')
  })
})

it('is told as unknown, too, where rows were to be validated, and that only warns', async () => {
  const { platform, publish } = desk()
  const effect = { kind: 'answer', status: 403, body: '{}' } as const
  platform.emulator.faults.add({ method: 'GET', path: REGISTRY, times: 0, effect })
  const run = await publish(contentOf('a'), { validation: 'warn' })
  expect(run.outputs['outcome'], run.log).toBe('published')
  expect(run.warnings).toEqual([expect.stringContaining('The rows are not validated')])
  expect(TOLD.exec(run.log)?.[1], run.log).toBe('its schema could not be read')
})
