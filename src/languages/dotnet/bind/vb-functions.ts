/** The functions of Visual Basic that need no receiver. Positions count from 1, and a place beyond the text is no fault. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Argument } from '../syntax.ts'
import { callOf, castTo } from './coerce.ts'
import { formatted } from './formatted.ts'
import { notNull } from './operators.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { string, boolean, int, long, double, decimal, moment } = scriptTypes
const short: ScriptType = { kind: 'value', type: { kind: 'int', bits: 16, signed: true } }

const conversions: Readonly<Record<string, ScriptType>> = {
	cstr: string,
	cint: int,
	clng: long,
	cdbl: double,
	cdec: decimal,
	cbool: boolean,
	cdate: moment,
	cshort: short,
	cbyte: scriptTypes.byte,
}

/** Undefined: no such function. */
export function vbFunction(
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const key = name.toLowerCase().replace(/\$$/, '')
	const [first, second, third] = args.map(({ value }) => value)
	const type = conversions[key]
	if (type !== undefined && first !== undefined) return castTo(bind(first, scope, type), type, 'convert', 'vb')
	const text = (): ScriptExpression =>
		first === undefined ? outside(`${name} without a value`, { line }) : notNull(bindAs(first, string, scope))
	const whole = (node: typeof second): ScriptExpression =>
		node === undefined ? outside(`${name} without a number`, { line }) : bindAs(node, int, scope)
	switch (key) {
		case 'len':
			return callOf('String.Length', [text()], int, line)
		case 'ucase':
			return callOf('String.ToUpper', [text()], string, line)
		case 'lcase':
			return callOf('String.ToLower', [text()], string, line)
		case 'trim':
		case 'ltrim':
		case 'rtrim':
			return callOf(`Vb.${key}`, [text()], string, line)
		case 'left':
		case 'right':
			return callOf(`Vb.${key}`, [text(), whole(second)], string, line)
		case 'mid':
			return callOf(
				third === undefined ? 'Vb.mid2' : 'Vb.mid',
				[text(), whole(second), ...(third === undefined ? [] : [whole(third)])],
				string,
				line,
			)
		case 'isnothing': {
			const value = first === undefined ? undefined : bind(first, scope)
			if (value === undefined) return undefined
			return callOf('Compare.Equal', [value, { kind: 'literal', value: null, type: value.type, line }], boolean, line)
		}
		case 'isnumeric':
			return callOf('Vb.isnumeric', [text()], boolean, line)
		case 'now':
			return callOf('DateTime.Now', [], moment, line)
		case 'replace':
			if (second === undefined || third === undefined || args.length > 3)
				return outside('Replace with a start or a count', { line })
			return callOf(
				'String.Replace(value)',
				[text(), bindAs(second, string, scope), bindAs(third, string, scope)],
				string,
				line,
			)
		case 'format': {
			const pattern = second === undefined ? undefined : bind(second, scope)
			if (first === undefined || pattern?.kind !== 'literal' || typeof pattern.value !== 'string')
				return outside('Format with a format that is only known at run time', { line })
			return formatted(bind(first, scope), pattern.value, line)
		}
		default:
			return undefined
	}
}
