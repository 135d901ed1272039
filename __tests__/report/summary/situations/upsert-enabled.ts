import { batchOf, datasetOf, runInfoOf, factsOf, fileOf, published, spansOf } from '../../../support/report/facts.ts'
import { batchId } from '../../../support/make.ts'
import type { Situation } from './situation.ts'

const OLD = batchId('01JMXXH2D3VTPCSYSB1SJWH0QQ')
const files = [fileOf('data/members.jsonl', { rows: 500, bytes: 99_650 })]
const tags = { unifiedProfile: ['enabled:true', 'isUpsert:true'], unifiedIdentity: ['enabled:true'] }

export const upsertEnabled: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ upsert: 'enable', publication: 'members', 'replay-predecessors': 'previous' }),
    dataset: datasetOf({ tags }),
    schema: { title: 'Loyalty members', entity: 'profile', behaviour: 'record', isUnion: true },
    enabled: { kind: 'enabled', offMs: 2_300, caught: [batchId('01JNDQJZZ3VTPCSYSB1SJWH0XX')] },
    found: files,
    files,
    publish: { publication: 'members', publishFingerprint: 'ee4addfd3cb9b96c4ad73b3b1143f79b' },
    batches: [
      batchOf('01JNDQM2D3VTPCSYSB1SJWH08A', { rows: 500, bytes: 99_650, replaced: [OLD], outcome: published(500) }),
    ],
    spans: spansOf([
      ['Find dataset and files', 1_000],
      ['Validate files', 200],
      ['Check existing batches', 600],
      ['Upload', 5_300],
      ['Wait for ingestion', 90_000],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
