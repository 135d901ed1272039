import {
  doubledRowsAreRed,
  laterTwinsAreNotCompleted,
  oneBatchPerFingerprint,
  onePublishUnderPrevious,
} from './nothing-doubled.ts'
import { matricesAreExact } from './matrix.ts'
import { acknowledgedRecordsAreHeld, completedBatchesAreWhole, noRowTwiceInABatch } from './nothing-lost.ts'
import {
  laterRunsAreNotUndone,
  legsKeepTheirRows,
  otherPublicationsAreUntouched,
  replacementsAreAskedFor,
} from './nothing-undone.ts'
import { completedBatchesAreNamed, endedRunsTidyUp, openBatchesAreSaid, secretsAreHidden } from './nothing-unsaid.ts'
import { namesakesGetNothing, oneDatasetOfAName } from './one-dataset.ts'
import { removalsAreAskedFor, removedIsOutOfProfile } from './profile-removals.ts'
import type { Invariant } from './reading.ts'
import { relationalIsAskedFor } from './relational.ts'
import { rejectedRowsAreAllThere, rejectedRowsAreWhereTheyStand } from './rejected-rows.ts'
import { revertedIsGone, revertedIsPublishedAgain, revertingAgainTakesNoMore, revertsAreAskedFor } from './reverts.ts'
import { emptyShardsEndWell, shardsHoldRowsOnce, siblingsShareTheSameFiles } from './shards.ts'
import { otherTagsAreKept, tagsAreLeftWell, upsertsAreReady } from './tags-left-well.ts'
import {
  cancelsArePrompt,
  endlessListsAreSaid,
  everyRunEnds,
  exitCodeFitsOutcome,
  fewFailuresAreSurvived,
  predecessorsAreGone,
  skippedSendsNothing,
  submittedIsCompleted,
} from './truthful-endings.ts'

/** What holds after every story, by name. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  acknowledgedRecordsAreHeld,
  completedBatchesAreWhole,
  noRowTwiceInABatch,
  oneBatchPerFingerprint,
  laterTwinsAreNotCompleted,
  doubledRowsAreRed,
  onePublishUnderPrevious,
  otherPublicationsAreUntouched,
  laterRunsAreNotUndone,
  replacementsAreAskedFor,
  legsKeepTheirRows,
  openBatchesAreSaid,
  endedRunsTidyUp,
  completedBatchesAreNamed,
  secretsAreHidden,
  everyRunEnds,
  exitCodeFitsOutcome,
  cancelsArePrompt,
  skippedSendsNothing,
  submittedIsCompleted,
  predecessorsAreGone,
  endlessListsAreSaid,
  fewFailuresAreSurvived,
  tagsAreLeftWell,
  otherTagsAreKept,
  upsertsAreReady,
  oneDatasetOfAName,
  namesakesGetNothing,
  revertedIsGone,
  revertsAreAskedFor,
  revertingAgainTakesNoMore,
  revertedIsPublishedAgain,
  removedIsOutOfProfile,
  removalsAreAskedFor,
  relationalIsAskedFor,
  rejectedRowsAreWhereTheyStand,
  rejectedRowsAreAllThere,
  shardsHoldRowsOnce,
  siblingsShareTheSameFiles,
  emptyShardsEndWell,
  matricesAreExact,
}
