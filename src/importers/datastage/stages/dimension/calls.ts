/** The functions that only derivations of a dimension call, alone (IBM: Transformer functions, utility functions). */
const call = /^\s*(NextSurrogateKey|NextSKChain|PrevSKChain)\s*\((.*)\)\s*$/is

/** The name of the function, in lower case, where the derivation is nothing but its call. */
export const callName = (derivation: string): string | undefined => call.exec(derivation)?.[1]?.toLowerCase()

/** The text between the parentheses of such a call. */
export const callArgument = (derivation: string): string => (call.exec(derivation)?.[2] ?? '').trim()
