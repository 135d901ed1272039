/** What a run left in the runner's temporary folder, but for the report, which is to outlive it. */
export function leftovers(temp: readonly string[]): readonly string[] {
  return temp.filter((name) => !name.startsWith('publish-report-'))
}
