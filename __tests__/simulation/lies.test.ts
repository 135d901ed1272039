import { describeLies } from './describe-lies.ts'
import { LIES } from './lies.ts'
import { DATASET_LIES } from './lies/datasets.ts'
import { LIST_LIES } from './lies/lists.ts'
import { REJECTED_ROW_LIES } from './lies/rejected-rows.ts'

describeLies({ ...LIES, ...DATASET_LIES, ...LIST_LIES, ...REJECTED_ROW_LIES })
