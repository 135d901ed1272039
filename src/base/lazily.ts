export type Lazy<T> = { get(): Promise<T>; made(): boolean }

/** Makes it when it is first asked for, and once. */
export function lazily<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined
  return { get: () => (made ??= make()), made: () => made !== undefined }
}
