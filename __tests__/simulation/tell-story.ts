import { defaultSettings, type Settings } from '../../emulator/settings.ts'
import { createChance, type Chance, type RunPlan, type Story, type Themes, type Weather } from './story.ts'
import {
  drawEarlier,
  drawEpilogue,
  drawRace,
  drawRun,
  drawEarlierMatrix,
  drawLegs,
  drawMatrices,
  drawSides,
} from './draw-runs.ts'
import { drawSetting, type Setting, drawStrangers, drawThemes, drawVariants } from './draw-setting.ts'

const WEATHERS: readonly [Weather, ...Weather[]] = [
  { name: 'calm', perAttempt: 0 },
  { name: 'breezy', perAttempt: 0.03 },
  { name: 'stormy', perAttempt: 0.14 },
]

export function tellStory(seed: number): Story {
  const chance = createChance(seed, 'story')
  const variants = drawVariants(createChance(seed, 'variants'), defaultSettings)
  const drawn = drawThemes(seed, createChance(seed, 'themes'))
  // The second batch of a creation is looked for once; a catalogue that doesn't show it yet hides it.
  const twice = drawn.twice && variants.settings.catalogueLagMs?.created === 0
  // A hundred small files would be a hundred batches, which show nothing more than three.
  const themes = { ...drawn, twice, several: drawn.several && !drawn.many }
  const setting = drawSetting(seed, chance, themes)
  // A dataset that is to be created is mostly not there when the trouble begins.
  const isFresh = themes.creation !== undefined && chance.happens(0.7)
  const { before, runs } = themes.matrix === undefined ? drawPlans(setting, isFresh) : drawShared(setting, isFresh)
  return {
    seed,
    settings: variants.settings,
    variants: variants.names,
    weather: drawWeather(chance, themes),
    before,
    runs,
    themes,
    strangers: drawStrangers(themes, createChance(seed, 'strangers')),
    consolidations: drawConsolidations(chance, variants.settings),
  }
}

type Plans = Pick<Story, 'before' | 'runs'>

function drawPlans(setting: Setting, isFresh: boolean): Plans {
  const { chance, themes } = setting
  const before = Array.from({ length: isFresh ? 0 : chance.whole(0, 3) }, (_, index) => drawEarlier(setting, index))
  if (themes.legs !== undefined) return { before, runs: drawLegs(setting) }
  const runs: RunPlan[] = []
  for (let index = chance.whole(1, 5); index > 0; index--) runs.push(drawRun(setting, runs, before.length))
  if (isFresh) runs.unshift(...drawRace(setting))
  if (themes.several && !isFresh) runs.unshift(...drawSides(setting))
  if (themes.reverts && chance.happens(0.6)) runs.push(...drawEpilogue(setting, runs))
  return { before, runs }
}

function drawShared(setting: Setting, isFresh: boolean): Plans {
  const { chance, themes } = setting
  const { matrix = 2 } = themes
  return {
    before: isFresh || chance.happens(0.5) ? [] : drawEarlierMatrix(setting, matrix),
    runs: drawMatrices(setting, matrix),
  }
}

/** The few requests in which a dataset's tags change need weather of their own to fail for good. */
function drawWeather(chance: Chance, { upsert }: Themes): Weather {
  const weather = chance.pick(WEATHERS)
  return upsert !== undefined && chance.happens(0.3) ? { ...weather, perTagChange: 0.75 } : weather
}

/** A part that names a successor which the catalogue doesn't know yet would be a catalogue that contradicts itself. */
function drawConsolidations(chance: Chance, { catalogueLagMs }: Settings): readonly number[] {
  const times = [chance.magnitude(300, 60_000), chance.magnitude(3_000, 200_000)]
  return chance.happens(0.25) && catalogueLagMs.created === 0 ? times : []
}
