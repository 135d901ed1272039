import { expect, it } from 'vitest'
import { bytesContent } from '../../src/lib/content.ts'
import { readInputs } from '../../src/inputs/inputs.ts'
import { BATCH_MOST } from '../../src/platform/limits.ts'
import { createRequest } from '../../src/publish/request.ts'
import { checkedFile } from '../support/check/checked-file.ts'
import { datasetOf } from '../support/report/facts.ts'
import { inputSource } from '../support/runs/input-source.ts'
import { RUN } from '../support/make.ts'
import { platformInputs } from '../support/runs/platform-inputs.ts'

const files = ['a', 'b', 'c'].map((name) => checkedFile(name, bytesContent(Buffer.from('{}\n'))))
const target = { dataset: datasetOf(), sandbox: 'dev' }
const inputs = readInputs(inputSource(platformInputs('https://platform.adobe.io')))

it('a publish knows itself, and each of its batches, by what earlier releases called it', () => {
  const prepared = { files, rowCounts: files.map(() => ({ sent: 1, rejected: 0 })), filesHash: 'F' }
  const earlierFormulas = new Map([
    [0, (_: object, sources: readonly { readonly name: string }[]) => `0:${sources.map(({ name }) => name).join('+')}`],
  ])
  const batchMost = { ...BATCH_MOST, files: 2 }
  const request = createRequest(prepared, { inputs, target, run: RUN, batchMost, earlierFormulas })
  expect(Object.fromEntries(request.knownAs)).toMatchObject({
    '0:a+b+c': request.publishFingerprint,
    '0:a+b': request.parts[0],
    '0:c': request.parts[1],
  })
})
