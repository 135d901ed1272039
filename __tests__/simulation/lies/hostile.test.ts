import { describeLies } from '../describe-lies.ts'
import { HOSTILE_LIES } from './hostile.ts'

describeLies(HOSTILE_LIES)
