#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads'
import { serveSlices } from './formats/pool.ts'
import { type ThreadSetup, quickCheckOf } from './modes/steps/run.ts'

// What only the main thread needs is a file of its own in the bundle: a worker thread starts in half the time without it.
if (isMainThread) await import('./main-thread.ts')
else serveSlices((setup, progress) => quickCheckOf(setup as ThreadSetup, progress))
