import { describeSeeds } from './describe-seeds.ts'

describeSeeds(201, 300)
