#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads'
import { serveSlices } from './formats/pool.ts'
import { type ThreadSetup, quickCheckOf } from './modes/steps/run.ts'

// Code that only the main thread needs is in its own file of the bundle: without it, a worker thread starts in half the
// time.
if (isMainThread) await import('./main-thread.ts')
else serveSlices((setup, progress) => quickCheckOf(setup as ThreadSetup, progress))
