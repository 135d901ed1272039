import { evaluate, type Contexts } from './expression.ts'

/** The text with the values of its expressions. A workflow that needs more than `expression.ts` knows must teach it more. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => String(evaluate(expression, contexts)))
}
