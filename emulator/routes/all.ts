import type { Route } from '../http/call.ts'
import { accessRoutes } from './access.ts'
import { batchRoutes } from './batches.ts'
import { catalogBatchRoutes } from './catalog-batches.ts'
import { catalogDatasetRoutes } from './catalog-datasets.ts'
import { catalogRecordRoutes } from './catalog-records.ts'
import { datasetViewRoutes } from './dataset-views.ts'
import { descriptorRoutes } from './descriptors.ts'
import { expressionLanguageRoutes } from './expression-language.ts'
import { fileRoutes } from './files.ts'
import { imsRoutes } from './ims.ts'
import { labelRoutes } from './labels.ts'
import { mappingSetRoutes } from './mapping-sets.ts'
import { namespaceRoutes } from './namespaces.ts'
import { previewRoutes } from './previews.ts'
import { sandboxRoutes } from './sandboxes.ts'
import { schemaRoutes } from './schemas.ts'
import { systemJobRoutes } from './system-jobs.ts'

/** Answered without a token. */
export const openRoutes: readonly Route[] = imsRoutes

/** Answered only after the gateway's checks. */
export const gatedRoutes: readonly Route[] = [
  ...batchRoutes,
  ...fileRoutes,
  ...previewRoutes,
  ...catalogBatchRoutes,
  ...catalogRecordRoutes,
  ...catalogDatasetRoutes,
  ...datasetViewRoutes,
  ...accessRoutes,
  ...schemaRoutes,
  ...descriptorRoutes,
  ...labelRoutes,
  ...mappingSetRoutes,
  ...expressionLanguageRoutes,
  ...sandboxRoutes,
  ...namespaceRoutes,
  ...systemJobRoutes,
]
