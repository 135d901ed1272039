import { formatBytes } from '../base/words.ts'
import type { Facts } from '../journeys/logbook.ts'
import type { Intent, Sending } from '../steps/earlier/foresee.ts'
import { cell, code, some, table } from './markdown.ts'

/** `mode: plan`: what a publish would do, and why. */
export function intended({ intent }: Facts, most: number): readonly string[] {
  if (intent === undefined) return []
  const { sends, why, warnings } = intent
  const draw = (shown: readonly Sending[]) => table(['Batch to send', 'Files:', 'Rows:', 'Size:'], shown.map(row))
  return [
    ['A publish would', ...stepsOf(intent, most).map((step) => `- ${step}`)].join('\n'),
    `Why: ${cell(why)}.`,
    ...(sends.length === 0 ? [] : [some(sends, { most, noun: 'batches' }, draw)]),
    ...warnings.slice(0, most).map((warning) => `⚠️ ${cell(warning)}`),
  ]
}

function stepsOf(intent: Intent, most: number): readonly string[] {
  const { creates, enables, aborts, waitsFor, sends, keeps, replaces } = intent
  const list = (ids: readonly string[]) =>
    `${ids.slice(0, most).map(code).join(', ')}${ids.length > most ? ` and ${ids.length - most} more` : ''}`
  const step = (what: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${what} ${list(ids)}`])
  return [
    ...(creates === undefined ? [] : [`create the dataset ${cell(JSON.stringify(creates))}`]),
    ...(enables ? ['enable the dataset for profile updates'] : []),
    ...step('abort what earlier attempts left open:', aborts),
    ...step('wait for', waitsFor),
    ...step('keep', keeps),
    sending(sends),
    ...step('replace', replaces),
  ]
}

function row({ part, files, rows, bytes }: Sending): readonly string[] {
  return [
    `${part.number} of ${part.of}`,
    files.toLocaleString('en-US'),
    rows?.toLocaleString('en-US') ?? '?',
    formatBytes(bytes),
  ]
}

function sending({ length }: readonly Sending[]): string {
  if (length === 0) return 'send nothing'
  return length === 1 ? 'send one batch' : `send ${length} batches`
}
