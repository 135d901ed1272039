import { FORMULA } from '../../files/plan.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { DesiredPublish } from '../request.ts'
import { isDefaultName } from '../tags.ts'
import { isPastComplete } from './compare.ts'
import type { Published, PublishedBatch, PublishFault } from './find.ts'

/**
 * Finds files of these names and sizes that a later release published with a fingerprint formula unknown here. Whether they
 * are this data can't be determined, and sending it again could duplicate all rows.
 */
export function newerFault(
  wanted: DesiredPublish,
  { batches }: Published,
  replaces: readonly BatchId[],
): PublishFault | undefined {
  if (wanted.ifUnchanged === 'publish') return undefined
  const alike = batches.filter((one) => isAlike(wanted, one) && !replaces.includes(one.holder))
  if (alike.length === 0) return undefined
  const ids = [...new Set(alike.map(({ holder }) => holder))].join(', ')
  return {
    message: `a later version of this action published files of the same names and sizes, and this version cannot tell whether the data is the same: ${ids}`,
    remedy: 'Use that version. To send the data whether or not it is there: "if-unchanged: publish".',
  }
}

function isAlike(wanted: DesiredPublish, { state, provenance }: PublishedBatch): boolean {
  const { publication, namesHash, filesHash, formula } = provenance
  const isNamed =
    publication === wanted.publication || (isDefaultName(publication) && isDefaultName(wanted.publication))
  return (
    formula > FORMULA &&
    isPastComplete(state) &&
    isNamed &&
    namesHash === wanted.namesHash &&
    filesHash === wanted.filesHash
  )
}
