import type { Dataset } from '../../../emulator/state.ts'
import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { makerOf, wasCompleted, type Invariant } from './reading.ts'

/** At most one dataset of a name gets data from us. */
export const oneDatasetOfAName: Invariant = (told) => {
  const names = Map.groupBy(told.datasets, ({ record }) => record['name'])
  return Array.from(names).flatMap(([name, datasets]) => {
    const filled = datasets.filter(({ id }) => batchesIn(id, told).some(wasCompleted))
    return filled.length < 2 ? [] : [`${filled.map(({ id }) => id).join(' and ')}, both ${String(name)}, have got data`]
  })
}

/** Where two of the name are listed from the start, nothing is sent to either. */
export const namesakesGetNothing: Invariant = (told) =>
  told.runs.flatMap((run) => {
    const { naming } = run.plan.dataset
    const namesakes = told.datasets.filter(
      (dataset) => dataset.record['name'] === naming && isListed(dataset, run, told),
    )
    if (namesakes.length < 2) return []
    const sent = namesakes.flatMap(({ id }) => batchesIn(id, told)).filter((batch) => makerOf(batch, told) === run)
    const isGreen = run.how === 'ended' && !run.recording.hasFailed
    return sent.length > 0 || isGreen ? [`${run.name} goes on, though two datasets are named ${naming}`] : []
  })

function isListed({ record }: Dataset, run: Played, { story }: Told): boolean {
  return Number(record['created']) + (story.settings.datasetLag?.listedMs ?? 0) < run.startedAtMs
}

function batchesIn(id: string, { truth }: Told) {
  return truth.filter(({ dataset }) => dataset === id)
}
