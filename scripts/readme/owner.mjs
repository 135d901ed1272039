const REPOSITORY = 'publish-to-experience-platform'

/** The account of the repository. `repository` in package.json is its only source. */
export function ownerIn(manifest) {
  const [, owner] = new RegExp(`"repository": "github:([^/"]+)/${REPOSITORY}"`).exec(manifest) ?? []
  if (owner === undefined) throw new Error(`package.json needs "repository": "github:ACCOUNT/${REPOSITORY}"`)
  return owner
}

/** Replaces the account before the repository's name, and the one in CODEOWNERS. */
export function withOwner(text, owner) {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(owner)) throw new Error(`"${owner}" is not the name of a GitHub account`)
  return text
    .replace(
      new RegExp(`(?:(?<![\\w./-])|(?<=//github\\.com/))[A-Za-z0-9][A-Za-z0-9-]*(?=/${REPOSITORY}\\b)`, 'g'),
      owner,
    )
    .replace(/^\* @\S+$/m, `* @${owner}`)
}
