import { expect, it } from 'vitest'
import { recordKey } from '../../../src/publish/rejected/keys.ts'
import { openFileSearch } from '../../../src/publish/rejected/search.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { checkedFile } from '../../support/check/checked-file.ts'
import { never } from '../../support/time/never.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { searchHere } from '../../support/emulator/rejected-batch.ts'
import { PARQUET } from '../../support/files/shapes.ts'

const COLUMN = { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const

it('finds every row of a Parquet file that holds a record, over its row groups', async () => {
  const words = ['a', 'b', null, 'a', 'c', 'b', 'a']
  const bytes = parquetFile([COLUMN], [{ name: 'word', data: words }], { rowGroupSize: 3 })
  const file = { ...checkedFile('a.parquet', bytesContent(bytes), { rows: 7 }), shape: PARQUET }
  const [a = '', nothing = '', other = ''] = [{ word: 'a' }, {}, { word: 'z' }].map((one) => recordKey(one, 'parquet'))
  const setup = { sought: [a, nothing, other], origin: 'parquet' } as const
  await using search = openFileSearch(setup, { openSearch: searchHere, signal: never() })
  const expected = [
    { key: a, place: 1 },
    { key: nothing, place: 3 },
    { key: a, place: 4 },
    { key: a, place: 7 },
  ]
  expect(await search.find(file)).toEqual(expected)
  expect(await search.find(file)).toEqual(expected)
})
