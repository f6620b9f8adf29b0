/** Columns of a link: elements, attributes that pack simple ones, or both. */
import type { XmlElement } from '../../../xml/element.ts'
import { childOf, childrenOf } from '../../../xml/element.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { odbcCode } from '../sql-types.ts'
import { attributeOf } from './attributes.ts'
import { packedColumns } from './packed-columns.ts'

export function columnsOf(link: XmlElement): readonly DsxItem[] {
	const listed = childrenOf(link, 'contains_FlowVariable').map((element) => ({
		item: columnOf(element),
		order: Number(attributeOf(element, 'sequenceNumber')) || 0,
	}))
	const packed = packedColumns(link)
	if (packed.length === 0) return listed.map(({ item }) => item)
	// Where both forms meet, only the sequence numbers tell the order; a column without one keeps its place.
	const all = [...listed, ...packed]
	if (listed.length > 0 && all.every(({ order }) => order > 0)) all.sort((left, right) => left.order - right.order)
	return all.map(({ item }) => item)
}

function columnOf(element: XmlElement): DsxItem {
	const value = childOf(element, 'hasValue_Derivation')
	const lookup = childOf(element, 'hasLookup_Derivation')
	const details = childOf(element, 'has_DSDataItemProps')
	const fraction = attributeOf(element, 'fractionDigits')
	return itemFrom(
		{
			Name: attributeOf(element, 'name'),
			Description: optional(attributeOf(element, 'shortDescription')),
			// The first literal of an enumeration is never written: a column without a type is a CHAR.
			SqlType: odbcCode(element.attributes.get('oDBCType') ?? 'Char'),
			Precision: attributeOf(element, 'maximumLength'),
			Scale: fraction === '' || fraction === '0' ? (optional(detailOf(details, 'scale')) ?? '0') : fraction,
			Nullable: attributeOf(element, 'isNullable'),
			KeyPosition: attributeOf(element, 'isKey'),
			ExtendedPrecision: extended(attributeOf(element, 'isUString'), detailOf(details, 'extendedPrecision')),
			APTFieldProp: optional(detailOf(details, 'aPTFieldProp') || attributeOf(element, 'aPTFieldProp')),
			SCDPurpose: optional(detailOf(details, 'sCDPurpose')),
			LevelNo: optional(attributeOf(element, 'levelNumber')),
			Occurs: optional(detailOf(details, 'occurs')),
			OccursVarying: optional(detailOf(details, 'occursVarying')),
			TaggedSubrec: optional(detailOf(details, 'taggedSubrec')),
			TableDef: optional(attributeOf(element, 'tableDef')),
			ColumnReference: optional(attributeOf(element, 'columnReference')),
			PKeyIsCaseless: optional(attributeOf(element, 'pKeyIsCaseless')),
			Derivation: derivationOf(value, attributeOf(element, 'sourceColumnID')),
			ParsedDerivation: value && optional(attributeOf(value, 'parsedExpression')),
			SourceColumn: optional(
				value === undefined ? attributeOf(element, 'sourceColumnID') : attributeOf(value, 'sourceColumn'),
			),
			KeyExpression: lookup && optional(attributeOf(lookup, 'expression')),
			PKeyParsedDerivation: lookup && optional(attributeOf(lookup, 'parsedExpression')),
		},
		element.lines,
	)
}

const detailOf = (details: XmlElement | undefined, name: string): string =>
	details === undefined ? '' : attributeOf(details, name)

const optional = (text: string): string | undefined => (text === '' ? undefined : text)

const extended = (...flags: readonly string[]): string => (flags.some((flag) => flag === '1') ? '1' : '0')

/** A plain move has no derivation, only the column that it comes from; of several the first, as their names are the same. */
function derivationOf(value: XmlElement | undefined, source: string): string | undefined {
	if (value !== undefined) return optional(attributeOf(value, 'expression'))
	return source.split(';').find((part) => part !== '')
}
