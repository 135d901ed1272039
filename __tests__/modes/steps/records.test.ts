import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { showRecords } from '../../../src/modes/steps/records.ts'
import { createRunFactsRecorder } from '../../../src/report/facts.ts'
import { compiledOf } from '../../mapping/mapped.ts'
import { checkedFile } from '../../support/check/checked-file.ts'
import { mappingFact } from '../../support/report/facts.ts'
import { heard } from '../../support/runs/heard.ts'
import { never } from '../../support/time/never.ts'

const LINES = ['Ada', 'Grace', 'Wei', 'Elif'].map((name) => `{"person":{"name":{"firstName":"${name}"}}}\n`)

const set = [{ source: 'first_name', destination: 'person.name.firstName' }]
const PLAN = {
  name: 'a',
  set: { entries: [], schemaId: undefined, id: undefined, version: undefined },
  schema: {},
  descriptors: undefined,
  isForProfile: false,
  isUpsert: false,
  nowMs: 0,
}
const MAPPING = { plan: PLAN, compiled: compiledOf(set).mapping, showValues: false }

async function shown(lines: readonly string[], showValues = false) {
  const [recorder, log] = [createRunFactsRecorder(), heard()]
  recorder.note({ mapping: mappingFact() })
  const file = checkedFile('a.csv', bytesContent(Buffer.from(lines.join(''))), { mapping: MAPPING })
  await showRecords({ files: [file], showValues }, { recorder, log, signal: never() })
  return { records: recorder.facts().mappedRecords, log: log.infos }
}

describe('the first records of a mapping', () => {
  it('are three, as paths without values', async () => {
    const { records, log } = await shown(LINES)
    expect(records).toHaveLength(3)
    expect(log).toEqual([
      'Mapping "mappings/members.json": 2 mappings gave 17 values, 1 null and 2 errors',
      'Record 1: /person/name/firstName',
      'Record 2: /person/name/firstName',
      'Record 3: /person/name/firstName',
    ])
  })

  it('have their values where these may be shown', async () => {
    expect((await shown(LINES, true)).log[1]).toBe('Record 1: /person/name/firstName "Ada"')
  })

  it('are as many as there are, and one that is empty is told', async () => {
    expect((await shown(['{}\n'])).log.slice(1)).toEqual(['Record 1: empty'])
    expect((await shown([])).records).toEqual([])
  })

  it('are not read whole where one is very long', async () => {
    const long = `{"person":{"name":{"firstName":"${'a'.repeat(2 ** 20)}"}}}\n`
    expect((await shown([LINES[0] ?? '', long])).records).toHaveLength(1)
  })
})
