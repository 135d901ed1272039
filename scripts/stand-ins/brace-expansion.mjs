// minimatch and @actions/glob take braces literally ("nobrace"), so they never expand any.
export function expand() {
  throw new Error('brace-expansion is not part of this build')
}
