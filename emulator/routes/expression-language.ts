import { json, problem } from '../http/answers.ts'
import { sentObject, type Call, type Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { MappingFault } from '../mapping/fault.ts'
import { allFunctions } from '../mapping/functions.ts'
import { parseExpression } from '../mapping/parse.ts'

const base = '/data/foundation/conversion/languages/el'

/** Data Prep: "Functions endpoint". */
export const expressionLanguageRoutes: readonly Route[] = [
  { method: 'POST', pattern: `${base}/validate`, answer: validate },
  { method: 'GET', pattern: `${base}/functions`, answer: listFunctions },
  { method: 'GET', pattern: `${base}/operators`, answer: listOperators },
]

/** The documents cover only the answer to a valid expression. */
async function validate(call: Call): Promise<Answer> {
  const { expression, sampleData } = await sentObject(call)
  if (typeof expression !== 'string' || expression === '') return problem(400, 'expression is required.')
  if (sampleData !== undefined) return problem(501, 'The emulator takes no sampleData: send it to mappingSets/preview.')
  try {
    parseExpression(expression)
    return json(200, { validationStatus: 'succeeded', error: 'none' })
  } catch (error) {
    if (!(error instanceof MappingFault)) throw error
    return json(200, { validationStatus: 'failed', error: error.message })
  }
}

/** Lists the functions that the emulator knows; Adobe's list is longer. */
function listFunctions(): Answer {
  const entries = allFunctions.map(
    ([
      name,
      {
        category,
        syntax,
        example: [example, result],
      },
    ]) => ({
      category,
      function: name,
      syntax,
      example,
      result: JSON.stringify(result),
      params: [],
      since: 1,
    }),
  )
  return json(200, entries)
}

function listOperators(): Answer {
  return problem(501, 'The emulator does not list operators: the guide prints five of them.')
}
