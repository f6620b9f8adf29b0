/** FMT, ICONV and OCONV. Format and code must be constants. */
import { characters } from '#model/code-points.ts'
import type { Value } from '#model/values.ts'
import type { Arguments, EvaluateContext, PysparkContext } from '../../catalogue.ts'
import { literal, results, string, textAt, textOf } from '../../datastage-parallel/operations/define.ts'
import { bind } from '../../datastage-parallel/spark-text.ts'
import { binary, call, fn, lit, method, type Py } from '../../python.ts'
import { readCode } from '../codes/codes.ts'
import { masked, maskedPyspark } from '../codes/decimals.ts'
import { type FormatMask, readFormatMask } from '../format-mask.ts'
import { foldText, justify } from '../texts.ts'
import { family, marks } from './define.ts'

type Literals = readonly (Value | undefined)[]

function format(text: string, { width, fill, side, text: folds, number, mask }: FormatMask): string {
	const edited = number === undefined ? text : masked(text, number)
	const filled = mask === undefined ? edited : fillMask(edited, side, mask)
	if (width === undefined) return filled
	if (!folds) return justify(filled, width, fill, side)
	const lines = foldText(filled, width)
	return (lines.length === 0 ? [''] : lines).map((line) => justify(line, width, fill, 'L')).join(marks.text)
}

/** Characters into places: from the right or from the left; what finds no place is cut, places without one are filled. */
function fillMask(text: string, side: 'L' | 'R', { parts, places, fill }: NonNullable<FormatMask['mask']>): string {
	const all = characters(text)
	const kept = side === 'R' ? all.slice(Math.max(all.length - places, 0)) : all.slice(0, places)
	const blanks = Array.from({ length: places - kept.length }, () => fill)
	const cells = side === 'R' ? [...blanks, ...kept] : [...kept, ...blanks]
	let at = 0
	return parts
		.map((part) => {
			if ('literal' in part) return part.literal
			at += part.places
			return cells.slice(at - part.places, at).join('')
		})
		.join('')
}

function formatPyspark(text: Py, { width, fill, side, text: folds, number, mask }: FormatMask): Py {
	const edited = number === undefined ? text : maskedPyspark(text, number)
	const filled = mask === undefined ? edited : maskPyspark(edited, side, mask)
	if (width === undefined) return filled
	if (!folds) return call('justify', filled, width, fill, side)
	const line = {
		code: `lambda line: ${fn('rpad', { code: 'line', level: 'atom' }, width, fill).code}`,
		level: 'loose',
	} as const
	const lines = fn('array_join', fn('transform', call('fold_text', filled, width), line), marks.text)
	return method(fn('when', binary('==', filled, lit('')), lit(fill.repeat(width))), 'otherwise', lines)
}

function maskPyspark(text: Py, side: 'L' | 'R', { parts, places, fill }: NonNullable<FormatMask['mask']>): Py {
	const cells = side === 'R' ? fn('lpad', fn('right', text, lit(places)), places, fill) : fn('rpad', text, places, fill)
	return bind(cells, (known) => {
		let at = 1
		const pieces = parts.map((part) => {
			if ('literal' in part) return lit(part.literal)
			at += part.places
			return fn('substring', known, at - part.places, part.places)
		})
		const [only] = pieces
		return pieces.length === 1 && only !== undefined ? only : fn('concat', ...pieces)
	})
}

const none: FormatMask = { width: undefined, fill: ' ', side: 'L', text: false, number: undefined, mask: undefined }
const formatIn = (literals: Literals): FormatMask => readFormatMask(textAt(literals, 1)) ?? none

const conversion = (direction: 'input' | 'output') => ({
	parameters: [textOf('text'), textOf('code', literal)],
	result: (_types: unknown, literals: Literals) =>
		readCode(textAt(literals, 1))?.[direction] === undefined
			? { problem: `the conversion code ${textAt(literals, 1)} is not translated` }
			: results.text(),
	evaluate: ([text]: Arguments<Value>, { literals, run }: EvaluateContext) =>
		readCode(textAt(literals, 1))?.[direction]?.evaluate(string(text), run) ?? null,
	pyspark: ([text]: Arguments<Py>, { literals, runAt }: PysparkContext) =>
		readCode(textAt(literals, 1))?.[direction]?.pyspark(text, runAt) ?? text,
})

export const formatFunctions = family('IBM: DataStage BASIC, FMT, ICONV and OCONV functions, conversion codes', {
	fmt: {
		parameters: [textOf('text'), textOf('format', literal)],
		result: (_types, literals) =>
			readFormatMask(textAt(literals, 1)) === undefined
				? { problem: `the format ${textAt(literals, 1)} is not translated` }
				: results.text(),
		evaluate: ([text], { literals }) => format(string(text), formatIn(literals)),
		pyspark: ([text], { literals }) => formatPyspark(text, formatIn(literals)),
	},
	iconv: conversion('input'),
	oconv: conversion('output'),
})
