import { globSync, readFileSync } from 'node:fs'

/** `uses: owner/repository/path@commit # version`; all actions of a repository have its commit. */
const PIN = /(\buses: ([\w-]+\/[\w.-]+)[\w./-]*)@([0-9a-f]{40} # v[\d.]+)$/gm

/** Pins third-party actions to the commits that our own workflows use. */
export function withPins(text) {
  const ours = new Map(globSync('.github/workflows/*.yml').flatMap(pinsOf))
  return text.replace(PIN, (line, action, repository) =>
    ours.has(repository) ? `${action}@${ours.get(repository)}` : line,
  )
}

function pinsOf(path) {
  return Array.from(readFileSync(path, 'utf8').matchAll(PIN), ([, , repository, pin]) => [repository, pin])
}
