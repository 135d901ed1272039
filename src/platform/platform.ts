import { type BatchesApi, batchesApi } from './batches.ts'
import { type CatalogApi, catalogApi } from './catalog.ts'
import { type DatasetsApi, datasetsApi } from './datasets.ts'
import { type AccessApi, type DiagnosticsApi, accessApi, diagnosticsApi } from './data-access.ts'
import type { Client } from './http/client.ts'
import { type SchemasApi, schemasApi } from './schemas.ts'

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
