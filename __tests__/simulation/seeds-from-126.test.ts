import { describeSeeds } from './describe-seeds.ts'

describeSeeds(126, 125)
