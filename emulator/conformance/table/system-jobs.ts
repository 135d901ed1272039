import type { Expectation } from '../expectation.ts'
import { anyObject, anyString, each, here, oneOf } from '../pattern.ts'
import { sources } from '../sources.ts'

const jobs = '/data/core/ups/system/jobs'
const unknown = `${jobs}/00000000-0000-4000-8000-000000000000`
/** AWS refuses requests without `x-sandbox-id`, and neither client sends it. */
const refused = { message: anyString }
const missing = { status: 404, json: refused }

export const systemJobs: readonly Expectation[] = [
  {
    // Pages; on AWS, the OpenAPI file has a bare array.
    by: 'aepp',
    call: `GET ${jobs}?start=0&limit=100`,
    gets: {
      status: here(200, oneOf(200, 400)),
      json: here({ _page: anyObject, children: [] }, oneOf({ children: each(anyObject) }, each(anyObject), refused)),
    },
    source: sources.systemJobs,
  },
  {
    by: 'aepp',
    call: `GET ${unknown}`,
    gets: { ...missing, status: here(404, oneOf(404, 400)) },
    source: sources.systemJobs,
  },
  {
    // Profile removes no batches of record datasets, and this is one.
    by: 'aepp',
    call: `POST ${jobs}`,
    body: { datasetId: '{D}', batchId: '{B}' },
    gets: { status: 400, json: { code: '400', message: 'Invalid delete request (Profile System Job)' } },
    source: sources.systemJobs,
  },
  {
    by: 'aepp',
    call: `POST ${jobs}`,
    body: { dataSetId: '{D}' },
    gets: {
      status: 200,
      json: { requestId: anyString, requestType: 'TRUNCATE_DATASET', status: 'NEW', properties: { datasetId: '{D}' } },
    },
    source: sources.systemJobs,
  },
  { by: 'aepp', call: `DELETE ${unknown}`, gets: missing, source: sources.systemJobs },
]
