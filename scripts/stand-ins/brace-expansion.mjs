// minimatch and @actions/glob take braces as they stand ("nobrace"), and so never expand any.
export function expand() {
  throw new Error('brace-expansion is not part of this build')
}
