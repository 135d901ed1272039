declare const brand: unique symbol

/** A string that has been checked, and that can't be mistaken for another kind of string. */
export type Brand<Name extends string> = string & { readonly [brand]: Name }
