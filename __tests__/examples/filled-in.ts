/** What expressions may name: `secrets`, `vars`, `matrix` and `inputs`, each with the names that are there. */
export type Contexts = Readonly<Record<string, Readonly<Record<string, string | number>>>>

/** The text with the values of its expressions. A workflow that needs more than `${{ context.NAME }}` must teach this more. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const [context = '', name = '', ...more] = expression.trim().split('.')
    const value = contexts[context]?.[name]
    if (value === undefined || more.length > 0) throw new Error(`There is no ${expression.trim()}`)
    return String(value)
  })
}
