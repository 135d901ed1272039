import type { Checkout } from '../../../src/github/checkout.ts'
import type { Unreadable } from '../../../src/github/commit-files.ts'

const unreadable: Unreadable = { kind: 'unreadable', reason: 'the workspace itself is not a Git checkout' }

/** A workspace outside of any Git repository. */
export const noCheckout: Checkout = {
  head: async () => unreadable,
  tree: async () => unreadable,
  read: async () => unreadable,
  mergeBase: async () => unreadable,
  [Symbol.asyncDispose]: async () => undefined,
}
