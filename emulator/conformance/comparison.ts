import { reachOf, type Expectation } from './expectation.ts'
import { differences, Matcher, type Difference, type Target } from './pattern.ts'
import type { Received } from './send.ts'
import { fillText, type Subjects } from './subjects.ts'

/** The differences between an answer and the expectation. */
export function compareAnswer(
  { gets }: Expectation,
  received: Received,
  { target, subjects }: { readonly target: Target; readonly subjects: Subjects },
): readonly Difference[] {
  const place = (at: string) => ({ at, target, fill: (text: string) => fillText(text, subjects) })
  const { status, headers = {}, ...body } = gets
  const part = 'json' in body ? 'json' : 'text'
  const wanted = 'json' in body ? body.json : body.text
  return [
    ...differences(status, received.status, place('status')),
    ...differences(headers, received.headers, place('headers')),
    ...differences(wanted, received[part], place(part)),
  ]
}

/** The names that the table of expectations uses, which a report can show. */
export function knownNames(expectations: readonly Expectation[]): ReadonlySet<string> {
  const names = new Set(DOCUMENTED)
  // Names that only the emulator's seeded data contains are in no document.
  for (const one of expectations.filter((each) => reachOf(each) !== 'emulator')) collect(one.gets, names)
  return names
}

function collect(pattern: unknown, names: Set<string>): void {
  if (typeof pattern !== 'object' || pattern === null || pattern instanceof Matcher) return
  for (const [name, inner] of Object.entries(pattern)) {
    if (!Array.isArray(pattern) && !name.startsWith('{')) names.add(name)
    collect(inner, names)
  }
}

/** Properties that the documents list for the answers to the requests of the table. */
const DOCUMENTED = `
  id imsOrg sandboxId status state version created updated createdClient createdUser updatedUser externalId
  relatedObjects inputFormat format isMultiLineJson header replay predecessors reason availableDates errors tags
  metrics started completed description inputRecordCount outputRecordCount failedRecordCount inputByteSize
  outputByteSize recordCount inputFileCount outputFileCount partitionCount size rows name schemaRef contentType
  files viewId fileDescription classification dataBehavior managedBy extensions enableErrorDiagnostics lastBatchId
  lastBatchStatus lastSuccessfulBatchId lastFailedBatchId data _page _links self next page href templated limit
  count orderby results dataSetFileId dataSetViewId isValid records length title type detail code message error
  error_code errorCode error_description report sandboxes sandboxTypes region isDefault eTag createdDate
  token_type access_token expires_in $id meta:altId allOf $ref properties @id @type xdm:sourceSchema
  xdm:sourceProperty xdm:namespace xdm:isPrimary preview columns cid formatParams labels optionalLabels timestamp
  path sizeInBytes batchId dataSetId children requestId requestType jobType createdAt updatedAt
`
  .trim()
  .split(/\s+/)
