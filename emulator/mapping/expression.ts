import type { Step } from './path.ts'
import type { Value } from './value.ts'

export type Expression =
  | { readonly kind: 'constant'; readonly value: Value }
  /** `written`: the whole path as text; a key of the row can equal it. */
  | { readonly kind: 'field'; readonly written: string; readonly steps: readonly Step[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly step: Step }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*'
