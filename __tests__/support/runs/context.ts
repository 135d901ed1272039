import { noCheckout } from '../github/no-checkout.ts'
import type { Context } from '../../../src/context.ts'
import { createWaitBudget, deferBudget } from '../../../src/lib/time.ts'
import type { RunState } from '../../../src/github/left-behind.ts'
import type { Platform } from '../../../src/context.ts'
import { never } from '../time/never.ts'

/** The ports that a test needs, each by its own name. */
export type Ports = Partial<Platform> &
  Partial<RunState> &
  Partial<Context['github']> &
  Partial<Context['waits']> &
  Partial<Pick<Context, 'workspace' | 'clock' | 'random' | 'batchMost' | 'signal'>> & {
    readonly log?: Partial<Context['log']>
  }

/** A context with only these ports; access to any other throws. */
export function contextOf(ports: Ports): Context {
  const { batches, catalog, datasets, access, diagnostics, schemas, mappingSets, systemJobs, namespaces, sandboxes } =
    ports
  const {
    batchLog,
    tags,
    deployment,
    scratch,
    run,
    deployments,
    jobs,
    contents,
    comments,
    checkout,
    budget,
    longestPauseMs,
  } = ports
  const { workspace, log, clock, random, batchMost, signal = never() } = ports
  const platform = group<Platform>('platform', {
    batches,
    catalog,
    datasets,
    access,
    diagnostics,
    schemas,
    mappingSets,
    systemJobs,
    namespaces,
    sandboxes,
  })
  const unlimited = clock && createWaitBudget(WITHOUT_END, clock)
  return group<Context>('', {
    platform,
    cleanup: group('cleanup', { platform, budget: unlimited }),
    ahead: group('ahead', {
      platform,
      budget: clock && deferBudget(budget ?? createWaitBudget(WITHOUT_END, clock), clock),
    }),
    github: group('github', { run, deployments, jobs, contents, comments, checkout: checkout ?? noCheckout }),
    state: group('state', { batchLog, tags, deployment, scratch }),
    waits: group('waits', { budget: budget ?? unlimited, longestPauseMs }),
    log: group<Context['log']>('log', {
      info: log?.info,
      warning: log?.warning,
    }),
    proxy: undefined,
    workspace,
    clock,
    random,
    batchMost,
    signal,
  })
}

const WITHOUT_END = { totalMs: Infinity, graceMs: 0 }

function group<T extends object>(name: string, ports: { readonly [P in keyof T]: T[P] | undefined }): T {
  const given = Object.fromEntries(Object.entries(ports).filter(([, port]) => port !== undefined))
  return new Proxy(given, {
    get(known, port) {
      if (typeof port === 'string' && port in ports && !(port in known)) {
        throw new Error(`This test gives no port ${name === '' ? port : `${name}.${port}`}`)
      }
      return Reflect.get(known, port) as unknown
    },
  }) as T
}
