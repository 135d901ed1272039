import { documentedFunctions, refusedFunctions } from '../../src/mapping/functions/table.ts'
import { asTable } from './tables.mjs'

/** Functions of mapping expressions by group, each with an example that a test runs. */
export function functionsTable() {
  const groups = Map.groupBy(documentedFunctions(), ({ group }) => group)
  return Array.from(groups, ([group, functions]) => {
    return `**${group}**\n\n${asTable([['Function', 'Result', 'Example'], ...functions.map(functionRow)])}`
  }).join('\n\n')
}

/** Unsupported functions, grouped by reason. */
export function refusedFunctionsTable() {
  const reasons = Map.groupBy(refusedFunctions(), ({ reason }) => reason)
  const rows = Array.from(reasons, ([reason, functions]) => [
    functions.map(({ name }) => code(name)).join(' '),
    `${reason[0].toUpperCase()}${reason.slice(1)}.`,
  ])
  return asTable([['Function', 'Reason'], ...rows])
}

function functionRow({ signature, aliases, line, examples: [[expression, result]] }) {
  const others = aliases.length === 0 ? '' : ` Also ${aliases.map(code).join(', ')}.`
  return [code(signature), `${cell(line)}${others}`, `${code(expression)} → ${code(result)}`]
}

function cell(words) {
  return words.replaceAll('|', '\\|')
}

function code(words) {
  return `\`${cell(words)}\``
}
