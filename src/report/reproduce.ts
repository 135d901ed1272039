import type { Errand, Facts } from '../journeys/logbook.ts'
import { brief } from './brief.ts'
import { block, cell, code, folded } from './markdown.ts'

/** An input may hold whole lists; a person copies what can be read. */
const LONGEST_VALUE = 4_000

/** What this run had: enough to run the same again, here or against the local platform, and nothing that is secret. */
export function reproduce({ errand, publish }: Facts): readonly string[] {
  if (errand === undefined) return []
  const { repository, sha, ref, runId, attempt } = errand.run
  const lines = [
    `Commit ${code(sha)} of ${code(repository)} (${code(ref)}), run ${cell(runId)}, attempt ${attempt}.`,
    ...(publish === undefined
      ? []
      : [`Publication ${code(publish.publication)}, content ${code(publish.fingerprint)}.`]),
    readsFiles(errand) ? WITH_FILES : WITHOUT_FILES,
    block(asYaml(errand), 'yaml'),
  ]
  return [folded('How to reproduce', lines.join('\n\n'))]
}

const WITH_FILES = 'With `mode: plan` these inputs say what a publish would do now, and send nothing:'
const WITHOUT_FILES = 'These were the inputs:'

function readsFiles({ given }: Errand): boolean {
  return given.every(({ name, value }) => name !== 'mode' || ['validate', 'plan'].includes(value))
}

function asYaml({ given }: Errand): string {
  return ['with:', ...given.map(({ name, value }) => `  ${name}: ${scalar(brief(value, LONGEST_VALUE))}`)].join('\n')
}

/** Quoted, so that no id becomes a number; every JSON text is YAML. What GitHub would take for an expression is none. */
function scalar(value: string): string {
  const plain = value.replaceAll('${{', "${{ '${{' }}")
  const lines = plain.split('\n')
  const isList = lines.length > 1 && lines.every((line) => /^[!-~][ -~]*$/.test(line))
  return isList ? ['|', ...lines.map((line) => `    ${line}`)].join('\n') : JSON.stringify(plain)
}
