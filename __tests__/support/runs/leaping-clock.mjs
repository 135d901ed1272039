// Loaded with --import into the built action: when the action would sleep and nothing else is in progress, its clock leaps
// to the end of the sleep, together with the platform's clock. Durations are the same on any machine, and no test waits.
// While a request, a file or a thread is in progress, time is real; the network's own time limits are always real.
import { subscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'

/** Resources that cause no activity by themselves. */
const SILENT = new Set(['Timeout', 'TCPSocketWrap', 'PipeWrap', 'TTYWrap', 'SignalWrap', 'FileHandle'])
const LOOK_MS = 2

const timers = createRequire(import.meta.url)('node:timers/promises')
const realNow = Date.now
const realElapsed = performance.now.bind(performance)
const requests = new Set()
const sleeps = new Set()
/** Worker threads, which Node.js does not list among the active resources. */
const threads = new Set()
let aheadMs = Number(process.env.CLOCK_AHEAD_MS)
let isLooking = false
let idleLooks = 0

if (isMainThread && process.send !== undefined) install()

function install() {
  Date.now = () => realNow() + aheadMs
  performance.now = () => realElapsed() + aheadMs
  timers.setTimeout = sleep
  subscribe('undici:request:create', ({ request }) => requests.add(request))
  subscribe('undici:request:trailers', ({ request }) => requests.delete(request))
  subscribe('undici:request:error', ({ request }) => requests.delete(request))
  subscribe('worker_threads', ({ worker }) => {
    threads.add(worker)
    worker.once('exit', () => threads.delete(worker))
  })
  process.on('message', ({ leapMs }) => leap(leapMs))
  // A listener would keep the process alive.
  process.channel.unref()
}

async function sleep(ms, value, { signal } = {}) {
  const one = { dueMs: Date.now() + ms, ...Promise.withResolvers() }
  const abort = () => one.reject(signal.reason)
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  sleeps.add(one)
  wind(one)
  look()
  try {
    return await one.promise
  } finally {
    clearTimeout(one.timer)
    sleeps.delete(one)
    signal?.removeEventListener('abort', abort)
  }
}

function wind(one) {
  clearTimeout(one.timer)
  one.timer = setTimeout(() => one.resolve(), Math.max(0, one.dueMs - Date.now()))
}

/** Two looks in a row must find nothing in progress: code that just received an answer continues between them. */
function look() {
  if (isLooking || sleeps.size === 0) return
  isLooking = true
  setTimeout(() => {
    isLooking = false
    idleLooks = isIdle() ? idleLooks + 1 : 0
    if (idleLooks < 2) look()
    else ask()
  }, LOOK_MS)
}

function isIdle() {
  return requests.size + threads.size === 0 && process.getActiveResourcesInfo().every((name) => SILENT.has(name))
}

function ask() {
  isLooking = true
  const dueMs = Math.min(...Array.from(sleeps, (one) => one.dueMs))
  process.send({ leapMs: Math.max(0, dueMs - Date.now()) }, () => undefined)
}

/** `ms` is 0 while other processes share the platform's clock: then time is real. */
function leap(ms) {
  isLooking = false
  idleLooks = 0
  aheadMs += ms
  for (const one of sleeps) wind(one)
  look()
}
