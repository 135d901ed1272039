import type { Client } from '../http/client.ts'
import { accessApi, type AccessApi } from './access.ts'
import { batchesApi, type BatchesApi } from './batches.ts'
import { diagnosticsApi, type DiagnosticsApi } from './diagnostics.ts'
import { schemasApi, type SchemasApi } from './schemas.ts'
import { datasetsApi, type DatasetsApi } from './datasets.ts'
import { catalogApi, type CatalogApi } from './catalog.ts'

/** Experience Platform, as far as this action calls it. */
export type Platform = {
  readonly batches: BatchesApi
  readonly catalog: CatalogApi
  readonly datasets: DatasetsApi
  readonly access: AccessApi
  readonly diagnostics: DiagnosticsApi
  readonly schemas: SchemasApi
}

export function createPlatform(client: Client): Platform {
  return {
    batches: batchesApi(client),
    catalog: catalogApi(client),
    datasets: datasetsApi(client),
    access: accessApi(client),
    diagnostics: diagnosticsApi(client),
    schemas: schemasApi(client),
  }
}
