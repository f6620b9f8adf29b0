/** Methods of things of the runtime that take arguments of any type: writers, readers of rows. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Argument } from '../syntax.ts'
import { callOf, castTo, textOf } from './coerce.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { formatCall } from './text-calls.ts'

const cellType: ScriptType = { kind: 'thing', name: 'Cell' }
const { string, int, long, double, decimal, boolean, moment } = scriptTypes

/** Methods of readers of rows, by what they take a cell for. */
const cellTypes: ReadonlyMap<string, ScriptType> = new Map(
	Object.entries({
		getint32: int,
		getint64: long,
		getdouble: double,
		getdecimal: decimal,
		getboolean: boolean,
		getdatetime: moment,
	}),
)

/** Undefined for methods that the catalogue knows by their parameters. */
export function thingCall(
	value: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const [first] = args
	switch (scriptTypeKey(value.type)) {
		case 'StreamWriter':
			return /^write(?:line)?$/i.test(name) ? written(value, name, args, scope, line) : undefined
		case 'Reader': {
			const type = cellTypes.get(name.toLowerCase())
			if (type === undefined || first === undefined || args.length > 1) return undefined
			const cell = callOf('Reader.GetValue', [value, bindAs(first.value, int, scope)], cellType, line)
			return castTo(cell, type, 'cast', scope.class.language)
		}
		default:
			return undefined
	}
}

/** Whatever is written is text by then: a value by its `ToString`, several by a format. */
function written(
	writer: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const [first] = args
	const isLine = name.toLowerCase() === 'writeline'
	if (first === undefined && !isLine) return outside('Write without a value', { line })
	const text: ScriptExpression =
		first === undefined
			? { kind: 'literal', value: '', type: string, line }
			: args.length > 1
				? formatCall(args, scope, line)
				: textOf(bind(first.value, scope))
	return callOf(isLine ? 'StreamWriter.WriteLine' : 'StreamWriter.Write', [writer, text], scriptTypes.nothing, line)
}
