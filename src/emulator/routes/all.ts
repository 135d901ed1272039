import type { Route } from '../call.ts'
import { batchRoutes } from './batches.ts'
import { catalogBatchRoutes } from './catalog-batches.ts'
import { catalogDatasetRoutes } from './catalog-datasets.ts'
import { fileRoutes } from './files.ts'
import { imsRoutes } from './ims.ts'
import { sandboxRoutes } from './sandboxes.ts'

export const openRoutes: readonly Route[] = imsRoutes

export const gatedRoutes: readonly Route[] = [
  ...batchRoutes,
  ...fileRoutes,
  ...catalogBatchRoutes,
  ...catalogDatasetRoutes,
  ...sandboxRoutes,
]
