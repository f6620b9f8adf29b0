/** Conversions of this language. What the model's types do not tell comes in the format (cast-format.ts). */
import type { DataType } from '#model/types.ts'
import { isError } from '#model/values.ts'
import type { Conversion } from '../catalogue.ts'
import { call, lit, method } from '../python.ts'
import { readFormat } from './cast-format.ts'
import { convert } from './convert.ts'
import { castIsLegal } from './legal-casts.ts'
import { printUsualText, usualText } from './locale-text.ts'
import { isNumber, printConvert, widens } from './print-convert.ts'
import { ofModel, toModel } from './types.ts'

interface Plan {
	readonly id: string
	readonly allows: (from: DataType, to: DataType) => boolean
	/** Texts that are too long are cut without a word. */
	readonly cuts: boolean
	readonly source: string
}

const legal = (from: DataType, to: DataType): boolean => castIsLegal(ofModel(from), ofModel(to))

const plans: readonly Plan[] = [
	// "truncates the string without a warning": only explicit casts do.
	{ id: 'ssis.cast', allows: legal, cuts: true, source: 'Microsoft: Cast (SSIS Expression), Data Truncation' },
	{
		id: 'ssis.implicit',
		allows: legal,
		cuts: false,
		source: 'Microsoft: Integration Services Data Types in Expressions',
	},
	{ id: 'ssis.data-conversion', allows: legal, cuts: false, source: 'Microsoft: Data Conversion Transformation' },
	{
		id: 'ssis.flat-file-read',
		allows: (from, to) => from.kind === 'string' && (to.kind === 'string' || legal(from, to)),
		cuts: false,
		source: 'Microsoft: Flat File Source, Parsing Data',
	},
	{
		id: 'ssis.flat-file-write',
		allows: (_from, to) => to.kind === 'string',
		cuts: false,
		source: 'files that the engine wrote',
	},
]

/** Conversions that leave every value as it is, or always give one. */
function cannotFail(from: DataType, to: DataType): boolean {
	if (to.kind === 'string') return true
	if (from.kind === 'int' && to.kind === 'float') return true
	if (from.kind === 'decimal' && to.kind === 'float') return true
	if (isNumber(from) && isNumber(to) && widens(from, to)) return true
	if (to.kind === 'boolean') return from.kind !== 'string'
	return (
		from.kind === 'date' ||
		(from.kind === 'timestamp' && to.kind !== 'int' && to.kind !== 'decimal') ||
		(from.kind === 'time' && to.kind === 'time')
	)
}

export const ssisConversions: readonly Conversion[] = plans.map(({ id, allows, cuts, source }) => ({
	id,
	allows,
	cuts,
	canFail: (from, to) => !cannotFail(from, to),
	evaluate: (value, context) => {
		const { from, to, fastParse, locale } = readFormat(context.format, context.from, context.to)
		const read = typeof value === 'string' && locale !== undefined ? usualText(value, toModel(to), locale) : value
		const result = convert(read, from, to, { fastParse, run: context.run })
		const length = cuts && context.to.kind === 'string' ? context.to.length : undefined
		return typeof result === 'string' && !isError(result) && length !== undefined
			? result.slice(0, length).toWellFormed()
			: result
	},
	pyspark: (value, context) => {
		const { from, to, fastParse, locale } = readFormat(context.format, context.from, context.to)
		const isText = toModel(from).kind === 'string'
		const read = isText && locale !== undefined ? printUsualText(value, toModel(to), locale) : value
		const result = printConvert(read, from, to, { fastParse, runAt: context.runAt })
		if (
			!cuts ||
			context.to.kind !== 'string' ||
			context.to.length === undefined ||
			neverLonger(context.from, context.to.length)
		)
			return result
		const wide = context.from.kind === 'string' && context.from.unicode
		const { length } = context.to
		return wide ? call('utf16_substring', result, lit(1), lit(length)) : method(result, 'substr', lit(1), lit(length))
	},
	source,
}))

const intLengths = { 8: 4, 16: 6, 32: 11, 64: 20 } as const

/** Is no text of this type longer than that? Then nothing needs to be cut. */
function neverLonger(from: DataType, length: number): boolean {
	switch (from.kind) {
		case 'string':
			return from.length !== undefined && from.length <= length
		case 'int':
			return intLengths[from.bits] <= length
		case 'decimal':
			return from.precision + 2 <= length
		case 'boolean':
			return length >= 5
		case 'date':
			return length >= 10
		case 'timestamp':
			return length >= 29
		default:
			return false
	}
}
