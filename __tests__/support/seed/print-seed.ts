// Runs once, before all test files.
export default function printSeed(project: {
  readonly config: { readonly env: Partial<Record<string, string>> }
}): void {
  console.log(`Property tests draw with SEED=${project.config.env['SEED']}`)
}
