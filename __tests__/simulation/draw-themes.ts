import type { Chance } from './chance.ts'
import type { ProfileTags, StrangerAct, Themes } from './story.ts'

const ON = ['enabled:true']
const OFF = ['enabled:false']
const UPSERT = ['enabled:true', 'isUpsert:true']

/** What Profile may have been told of a dataset before, by whomever. */
const TAG_STATES: readonly [ProfileTags, ...ProfileTags[]] = [
  { unifiedProfile: ON, unifiedIdentity: ON },
  { unifiedProfile: ON, unifiedIdentity: ON },
  { unifiedProfile: [...ON, 'enabledAt:2024-11-05 12:33:59'], unifiedIdentity: ON },
  { unifiedProfile: ['enabled: true'], unifiedIdentity: ['enabled: true'] },
  { unifiedProfile: ON },
  {},
  { unifiedProfile: OFF, unifiedIdentity: OFF },
  { unifiedIdentity: ON },
  { unifiedProfile: UPSERT, unifiedIdentity: ON },
  { unifiedProfile: UPSERT },
]

export function drawThemes(seed: number, chance: Chance): Themes {
  return {
    ...(chance.happens(0.4) ? { upsert: chance.pick(TAG_STATES) } : {}),
    ...(chance.happens(0.28) ? { creation: `Members of story ${seed}` } : {}),
    namesakes: chance.happens(0.2),
    reverts: chance.happens(0.4),
    many: chance.happens(0.06),
    ...(chance.happens(0.16) ? { matrix: chance.pick([2, 2, 3, 4]) } : {}),
  }
}

/** Whatever the dataset that is written to is: nobody asks others what they are about. */
export function drawStrangers({ upsert, creation }: Themes, chance: Chance): readonly StrangerAct[] {
  const afterMs = () => chance.magnitude(100, 60_000)
  const acts: StrangerAct[] = []
  if (chance.happens(upsert ? 0.5 : 0.1)) {
    acts.push({ kind: 'publishes', afterMs: afterMs(), uploadMs: chance.magnitude(10, 20_000) })
  }
  if (upsert && chance.happens(0.3)) acts.push({ kind: 'sets a tag', afterMs: afterMs(), value: 'stranger' })
  // Mostly while the first run is between its first look and COMPLETE.
  if (upsert && chance.happens(0.3)) acts.push({ kind: 'switches Profile on', afterMs: chance.magnitude(500, 8_000) })
  if (creation !== undefined && chance.happens(0.3)) acts.push({ kind: 'creates a namesake', afterMs: afterMs() })
  return acts
}
