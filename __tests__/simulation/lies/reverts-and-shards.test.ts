import { describeLies } from '../describe-lies.ts'
import { REVERT_LIES } from './reverts.ts'
import { SHARD_LIES } from './shards.ts'

describeLies({ ...REVERT_LIES, ...SHARD_LIES })
