import type { Facts } from '../journeys/logbook.ts'

/** Only Adobe's own platform has a user interface. */
const PRODUCTION = 'https://platform.adobe.io'

/**
 * The page of the user interface that lists the batches of the dataset. No document names the address of a single batch; that
 * of a dataset stands in Adobe's sample notebooks, with the tenant before the sandbox.
 *
 * @returns undefined for any other platform, or before the dataset is known.
 */
export function datasetPage({ errand, dataset }: Pick<Facts, 'errand' | 'dataset'>): string | undefined {
  if (errand === undefined || dataset === undefined || new URL(errand.platformUrl).origin !== PRODUCTION)
    return undefined
  const tenant = /^https:\/\/ns\.adobe\.com\/([a-z0-9]+)\/schemas\//.exec(dataset.schemaId ?? '')?.[1]
  const place = `sname:${encodeURIComponent(errand.sandbox)}/platform/dataset/browse/${dataset.id}`
  return `https://experience.adobe.com/#/${tenant === undefined ? '' : `@${tenant}/`}${place}`
}
