import { HttpFailure } from '../http/failure.ts'

export type Found<T> =
  { readonly kind: 'found'; readonly record: T } | { readonly kind: 'missing'; readonly requestId: string | undefined }

/** A 404 that the service itself answered is a finding; one in HTML comes from a gateway that knows no such route. */
export async function findOrMiss<T>(look: () => Promise<T>): Promise<Found<T>> {
  try {
    return { kind: 'found', record: await look() }
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.refusal.status !== 404 || !error.refusal.isJson) throw error
    return { kind: 'missing', requestId: error.refusal.requestId }
  }
}
