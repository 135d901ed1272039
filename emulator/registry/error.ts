import { json } from '../http/answers.ts'
import type { Answer } from '../http/exchange.ts'

/** The error envelope of the Schema Registry; `code` such as `XDM-1012-404` ends with the status. */
export function registryError(code: string, title: string, detail: string): Answer {
  const status = Number(code.slice(-3))
  const report = {
    registryRequestId: '00000000-0000-4000-8000-000000000000',
    'detailed-message': detail,
    'sub-errors': [],
  }
  return json(status, { type: `http://ns.adobe.com/aep/errors/${code}`, title, status, report, detail })
}
