// Loaded with --import into a process that is watched: says of each worker thread that it began.
import { writeSync } from 'node:fs'

process.on('worker', () => writeSync(2, 'A thread began\n'))
