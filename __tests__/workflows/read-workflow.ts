import { readWorkflows, type Workflow } from './read-workflows.ts'

export function readWorkflow(file: string): Workflow {
  const found = readWorkflows().find((workflow) => workflow.file === file)
  if (found === undefined) throw new Error(`There is no workflow ${file}`)
  return found
}
