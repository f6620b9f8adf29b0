/** @returns the number and its noun: `1 file`, `2 files`, `3 lists of notes`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
