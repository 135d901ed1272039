import { describe, expect, it } from 'vitest'
import { plan } from '../../../../src/files/plan.ts'
import { bytesContent } from '../../../../src/lib/content.ts'
import { plansToSend } from '../../../../src/publish/published/decide.ts'
import { checkedFile } from '../../../support/check/checked-file.ts'
import { publishedBatch } from '../../../support/publish/held.ts'

const READING = { dataset: 'D', sandbox: 'dev', format: 'json', upsert: false, options: {} } as const
const files = [95, 4, 4].map((bytes, index) => checkedFile(`${index}.jsonl`, bytesContent(Buffer.alloc(bytes))))
const cut = (bytes: number) => plan(files, READING, { files: 10, bytes })

describe('the missing parts of data that an earlier version divided otherwise', () => {
  it('follow its division, even if today there are as many parts', () => {
    const [today, earlier] = [cut(100), cut(10)]
    expect([today.length, earlier.length]).toEqual([2, 2])
    const [first, second] = earlier.map(({ fingerprint }) => fingerprint)
    const provenance = { fingerprint: first ?? '', part: { number: 1, of: 2 } }
    const decision = { kind: 'send', parts: [second ?? ''], replaces: [], warnings: [] } as const
    const plans = plansToSend({ ...decision, kept: [publishedBatch('K', { provenance })] }, [today, earlier])
    expect(plans.flatMap(({ sources }) => sources.map(({ path }) => path))).toEqual(['1.jsonl', '2.jsonl'])
  })
})
