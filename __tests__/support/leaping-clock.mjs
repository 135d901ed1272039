// Loaded with --import into the built action: where it would sleep and nothing else goes on, its clock leaps to the end of
// the sleep, together with the platform's. Everything is as long as it says it is, on any machine, and nobody waits. While
// a request, a file or a thread is under way, time passes as it does; the network's own deadlines are always real.
import { subscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'

/** Of these nothing comes that was not asked for. */
const SILENT = new Set(['Timeout', 'TCPSocketWrap', 'PipeWrap', 'TTYWrap', 'SignalWrap', 'FileHandle'])
const LOOK_MS = 2

const timers = createRequire(import.meta.url)('node:timers/promises')
const realNow = Date.now
const realElapsed = performance.now.bind(performance)
const requests = new Set()
const sleeps = new Set()
/** Node.js counts none of them among what goes on. */
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
  // Whoever listens would keep the process alive.
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

/** Two looks in a row must find nothing under way: between them, whoever was answered goes on. */
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

/** By nothing, where the platform has other guests: then time passes as it does. */
function leap(ms) {
  isLooking = false
  idleLooks = 0
  aheadMs += ms
  for (const one of sleeps) wind(one)
  look()
}
