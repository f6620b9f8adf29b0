/** Columns of output pins: the schema of the link that leaves there. */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { LineRange, Provenance } from '#model/provenance.ts'
import type { Column, Schema } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import type { DsxItem } from './formats/dsx/records.ts'
import { readType } from './types.ts'

/** What makes vectors and sub-records of columns. */
export interface Nesting {
	/** A column belongs to the last one before it that has a lower number. */
	readonly level: number
	readonly occurs: number
	/** It occurs as often as the row says. */
	readonly varies: boolean
	/** It is, or holds, a tagged sub-record. */
	readonly tagged: boolean
}

/** What a Slowly Changing Dimension stage says of a column. */
export interface DimensionTexts {
	/** A word or a number. */
	readonly purpose: string
	/** Of the dimension update link, where the format keeps it apart from other derivations. */
	readonly derivation?: string
	readonly expire?: string
}

export interface DsColumn extends Column {
	/** As typed; absent where nothing was typed. */
	readonly derivation: string | undefined
	/** Key match of a lookup; believed only where the link is a reference link. */
	readonly keyExpression: string | undefined
	readonly caseless: boolean
	/** Marked as a key: what finds rows of a table. */
	readonly key?: boolean
	/** How it stands among the columns around it, and how often it occurs in a row; absent: once, on the top level. */
	readonly nesting?: Nesting
	/** Absent: nothing, as outside of such a stage. */
	readonly dimension?: DimensionTexts
	/** `APTFieldProp`. */
	readonly format: string
	/** Digits beyond 38 were cut from the type. */
	readonly capped: boolean
	readonly lines: LineRange
}

/** Text as a property holds it; empty and absent are the same thing in DSX. */
export function textOf(values: ReadonlyMap<string, string>, key: string): string {
	return values.get(key) ?? ''
}

/** A whole number as a property holds it, or 0. */
export function numberOf(values: ReadonlyMap<string, string>, key: string): number {
	const number = Number(values.get(key) ?? '')
	return Number.isInteger(number) ? number : 0
}

export function isSet(values: ReadonlyMap<string, string>, key: string): boolean {
	const value = textOf(values, key).trim()
	return value !== '' && value !== '0'
}

/**
 * Columns of an output pin, with diagnostics about types that the model does not hold. Level numbers are not looked at.
 */
export function readColumns(
	items: readonly DsxItem[],
	provenance: Provenance,
	report: (diagnostic: Diagnostic) => void,
): readonly DsColumn[] {
	return items.flatMap((item, index) => {
		const next = items[index + 1]?.values ?? new Map<string, string>()
		const isParent = numberOf(next, 'LevelNo') > numberOf(item.values, 'LevelNo')
		const name = textOf(item.values, 'Name')
		return name === '' ? [] : [readColumn(name, item, { ...provenance, lines: item.lines }, isParent ? silent : report)]
	})
}

/** A sub-record has no SQL type of its own. */
const silent = (): void => undefined

function readColumn(
	name: string,
	item: DsxItem,
	provenance: Provenance,
	report: (diagnostic: Diagnostic) => void,
): DsColumn {
	const { values } = item
	const code = textOf(values, 'SqlType')
	const precision = numberOf(values, 'Precision')
	const reading = readType({
		code,
		precision,
		scale: numberOf(values, 'Scale'),
		extended: isSet(values, 'ExtendedPrecision'),
	})
	if (reading.unknown) report(unknownType(name, code, provenance))
	if (reading.capped) report(cappedType(name, precision, typeName(reading.type), provenance))
	return {
		name,
		type: reading.type,
		nullable: isSet(values, 'Nullable'),
		derivation: textOf(values, 'Derivation').trim() === '' ? undefined : textOf(values, 'Derivation'),
		keyExpression: textOf(values, 'KeyExpression').trim() === '' ? undefined : textOf(values, 'KeyExpression'),
		caseless: isSet(values, 'PKeyIsCaseless'),
		key: isSet(values, 'KeyPosition'),
		format: textOf(values, 'APTFieldProp'),
		capped: reading.capped,
		lines: item.lines,
		...dimensionOf(values),
		...nestingOf(values),
	}
}

function dimensionOf(values: ReadonlyMap<string, string>): { readonly dimension?: DimensionTexts } {
	const purpose = textOf(values, 'SCDPurpose').trim()
	const [derivation, expire] = [textOf(values, 'DimensionDerivation'), textOf(values, 'Expire')]
	if ((purpose === '' || purpose === '0') && derivation === '' && expire === '') return {}
	return { dimension: { purpose, ...(derivation === '' ? {} : { derivation }), ...(expire === '' ? {} : { expire }) } }
}

function nestingOf(values: ReadonlyMap<string, string>): { readonly nesting?: Nesting } {
	const nesting = {
		level: numberOf(values, 'LevelNo'),
		occurs: numberOf(values, 'Occurs'),
		varies: isSet(values, 'OccursVarying'),
		tagged: isSet(values, 'TaggedSubrec'),
	}
	return Object.values(nesting).some((value) => value !== 0 && value !== false) ? { nesting } : {}
}

export function cappedType(name: string, precision: number, type: string, provenance: Provenance): Diagnostic {
	return diagnose('type/capped', provenance, {
		what: `${name} has ${precision} digits and becomes ${type}`,
		why: 'Spark decimals hold 38 digits.',
	})
}

function unknownType(name: string, code: string, provenance: Provenance): Diagnostic {
	return diagnose('stage/property', provenance, {
		what: `The SQL type ${code === '' ? '(none)' : code} of ${name} is not known; it is read as text`,
		why: 'Only the ODBC type codes of the DataStage documentation are known.',
	})
}

/** Names compare without letter case in the engine; the spelling of the schema is the one that stays. */
export function findDsColumn<C extends { readonly name: string }>(columns: readonly C[], name: string): C | undefined {
	const lower = name.toLowerCase()
	return columns.find((column) => column.name === name) ?? columns.find((column) => column.name.toLowerCase() === lower)
}

export function schemaOf(columns: readonly Column[], open: boolean): Schema {
	return { columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })), open }
}
