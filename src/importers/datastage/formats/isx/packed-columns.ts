/**
 * Simple columns of some links are packed into three attributes: names, source columns and properties, each a list between
 * U+001D; the properties of a column are `key=value` between U+001E.
 */
import type { XmlElement } from '../../../xml/element.ts'
import { itemFrom } from '../build.ts'
import { unescapeDsx } from '../dsx/escapes.ts'
import type { DsxItem } from '../dsx/records.ts'
import { odbcCode } from '../sql-types.ts'

const columnMark = '\u{1D}'
const propertyMark = '\u{1E}'

export function packedColumns(link: XmlElement): readonly { readonly item: DsxItem; readonly order: number }[] {
	const names = listOf(link, 'dSFlowVarNames')
	const sources = listOf(link, 'dSFlowVarSourceColumnIDs')
	const properties = listOf(link, 'dSFlowVarProps')
	return names.flatMap((name, index) => {
		if (name === '') return []
		const facts = factsOf(properties[index] ?? '')
		const item = columnOf(unescapeDsx(name), unescapeDsx(sources[index] ?? ''), facts, link)
		return [{ item, order: Number(facts.get('q') ?? '') || 0 }]
	})
}

function listOf(link: XmlElement, attribute: string): readonly string[] {
	return (link.attributes.get(attribute) ?? '').split(columnMark).slice(1)
}

function factsOf(text: string): ReadonlyMap<string, string> {
	const pairs = text.split(propertyMark).filter((pair) => pair.includes('='))
	return new Map(
		pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), unescapeDsx(pair.slice(pair.indexOf('=') + 1))]),
	)
}

function columnOf(name: string, source: string, facts: ReadonlyMap<string, string>, link: XmlElement): DsxItem {
	const text = (key: string): string | undefined => facts.get(key) || undefined
	const flag = (key: string): string => (facts.get(key) === 'true' ? '1' : '0')
	return itemFrom(
		{
			Name: name,
			Description: text('3'),
			SqlType: odbcCode(facts.get('o') ?? 'CHAR'),
			Precision: facts.get('x') ?? '0',
			Scale: facts.get('f') ?? '0',
			Nullable: flag('i'),
			KeyPosition: flag('K'),
			ExtendedPrecision: flag('U'),
			APTFieldProp: text('E'),
			LevelNo: text('l'),
			TableDef: text('T'),
			ColumnReference: text('R'),
			Derivation: text('>e') ?? source.split(';').find((part) => part !== ''),
			ParsedDerivation: text('>P'),
			SourceColumn: source.replaceAll(/^;|;$/g, '') || undefined,
			KeyExpression: text('<e'),
			PKeyParsedDerivation: text('<P'),
		},
		link.lines,
	)
}
