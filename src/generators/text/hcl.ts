/** HCL string literal for any text: no interpolation and no escape from its quotes. */
export function hclString(text: string): string {
	let code = ''
	for (const character of text) code += escapeCharacter(character)
	return `"${code.replaceAll('${', () => '$${').replaceAll('%{', '%%{')}"`
}

function escapeCharacter(character: string): string {
	if (character === '"' || character === '\\') return `\\${character}`
	if (character === '\n') return '\\n'
	if (character === '\r') return '\\r'
	if (character === '\t') return '\\t'
	const point = character.codePointAt(0) ?? 0
	return point < 0x20 || point === 0x7f ? `\\u${point.toString(16).padStart(4, '0')}` : character
}
