import { sep as nativeSep } from 'node:path'

/** `!./data/*.json` → `!/the/workspace/data/*.json`, whatever the working directory is and is called. */
export function anchor(line: string, workspace: string, sep: string = nativeSep): string {
  const [, marks = '', pattern = ''] = (sep === '\\' ? WINDOWS : OTHERS).exec(line) ?? []
  return `${marks}${literally(workspace, sep)}/${pattern}`
}

/** On Windows @actions/glob takes `\` for `/`; elsewhere it makes the next sign literal. */
const WINDOWS = /^(!*)\s*(?:\.[/\\])*(.*)$/
const OTHERS = /^(!*)\s*(?:\.\/)*(.*)$/

/** As @actions/glob escapes the working directory. */
function literally(folder: string, sep: string): string {
  const slashed = sep === '\\' ? folder : folder.replaceAll('\\', '\\\\')
  return slashed.replace(/\[(?=[^/]+\])/g, '[[]').replace(/[?*]/g, '[$&]')
}
