/** Derivations and lookup keys of a flow's links, as columns of DSX have them. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, textAt } from '../../../json/node.ts'
import type { Derivations } from './columns.ts'
import type { FlowLink } from './links.ts'
import { settingsOf } from './links.ts'

/** @param op type of the stage where the link begins. */
export function derivationsOf(link: FlowLink, op: string): Derivations {
	const values = new Map<string, string>()
	for (const item of itemsAt(settingsOf(link.outputPort), 'valueDerivation')) {
		const name = textAt(item, 'columnName')
		const text = textAt(item, 'parsedExpression') || textAt(item, 'expression') || textAt(item, 'derivation')
		const derivation = op === 'CTransformerStage' ? text : mapping(name, text, textAt(item, 'sourceColumn'))
		if (name !== '' && derivation.trim() !== '') values.set(name, derivation)
	}
	const keys = new Map<string, { readonly expression: string; readonly caseless: boolean }>()
	for (const item of itemsAt(settingsOf(link.inputPort), 'lookupDerivation')) {
		const expression = textAt(item, 'parsedExpression') || textAt(item, 'expression')
		if (expression.trim() !== '')
			keys.set(textAt(item, 'columnName'), { expression, caseless: textAt(item, 'keyType') === '1' })
	}
	return { values, keys, dimension: dimensionTexts(link) }
}

/** The dimension update link tells what becomes of each column, the reference link what it is for (IBM: watsonx SDK). */
function dimensionTexts(link: FlowLink): Derivations['dimension'] {
	const texts = (item: JsonNode, derivation: string) =>
		[
			textAt(item, 'columnName'),
			{ purpose: textAt(item, 'SCDPurpose'), derivation, expire: textAt(item, 'expire') },
		] as const
	const looked = itemsAt(settingsOf(link.inputPort), 'lookupDerivation').map((item) => texts(item, ''))
	const updated = itemsAt(settingsOf(link.outputPort), 'dimUpdate').map((item) =>
		texts(item, textAt(item, 'parsedExpression')),
	)
	return new Map([...looked, ...updated])
}

/** Outside a Transformer a bare name means the column of that name, whatever link it comes from; DSX names link and column. */
function mapping(name: string, text: string, sources: string): string {
	if (!/^\s*[\w$]+\s*$/.test(text)) return text
	if (text.trim() === name) return ''
	return sources.split(';').find((source) => source.endsWith(`.${text.trim()}`)) ?? text
}

/** Match types of keys: 0 equal, 1 equal without regard to letter case, 2 in a range (IBM: watsonx SDK, Lookup stage). */
export function lookupProblem(inputPort: JsonNode): string | undefined {
	const types = itemsAt(settingsOf(inputPort), 'lookupDerivation').map((item) => textAt(item, 'keyType'))
	if (types.includes('2')) return 'it looks up ranges'
	const odd = types.find((type) => !['', '0', '1'].includes(type))
	return odd === undefined ? undefined : `its key match is "${odd}"`
}
