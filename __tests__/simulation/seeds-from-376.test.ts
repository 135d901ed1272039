import { describeSeeds } from './describe-seeds.ts'

describeSeeds(376, 125)
