// Loaded with --import into the observed process: reports the start of each worker thread.
import { writeSync } from 'node:fs'

process.on('worker', () => writeSync(2, 'A thread began\n'))
