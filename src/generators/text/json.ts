/** JSON as it is committed: two blanks of indentation, one newline at the end, keys in the order given. */
export function jsonText(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`
}
