import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { TLS_FOLDER } from './sink-program.ts'

export type CurlSending = {
  /** The URL of the sink. */
  readonly url: string
  /** Paths from the workspace. */
  readonly files: readonly string[]
  readonly workspace: string
  /** The folder for the list of files. */
  readonly temp: string
  readonly width: number
}

/** Uploads as a user would by hand: `curl -T` of one file, `curl --parallel` of many. @throws Error if there is no curl */
export async function sendWithCurl(sending: CurlSending, signal: AbortSignal): Promise<void> {
  const { files, workspace, width } = sending
  const many = files.length > 1 ? ['--parallel', '--parallel-immediate', '--parallel-max', String(width)] : []
  const common = ['--silent', '--show-error', '--fail', '--cacert', join(TLS_FOLDER, 'certificate.pem')]
  const list = join(sending.temp, 'curl-list')
  await writeFile(list, files.map((file) => transferLines(file, sending)).join(''))
  await promisify(execFile)('curl', [...common, ...many, '--config', list], { cwd: workspace, signal })
}

function transferLines(file: string, { url }: CurlSending): string {
  const target = `${url}/data/foundation/import/batches/by-hand/datasets/by-hand/files/${file}`
  return `upload-file = "${file}"\nurl = "${target}"\noutput = "/dev/null"\n`
}
