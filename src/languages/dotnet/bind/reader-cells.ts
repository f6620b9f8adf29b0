/** `reader.GetInt32(0)` and its kin: the cell as a value of that type. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Argument } from '../syntax.ts'
import { callOf, castTo } from './coerce.ts'
import { bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { int, long, double, decimal, boolean, moment } = scriptTypes

const types: Readonly<Record<string, ScriptType>> = {
	getint16: { kind: 'value', type: { kind: 'int', bits: 16, signed: true } },
	getint32: int,
	getint64: long,
	getdouble: double,
	getdecimal: decimal,
	getboolean: boolean,
	getdatetime: moment,
}

/** Undefined for other members and other things. */
export function readerCell(
	reader: ScriptExpression,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const type = types[name.toLowerCase()]
	const [only] = args
	if (scriptTypeKey(reader.type) !== 'Reader' || type === undefined || only === undefined) return undefined
	const cell = callOf(
		'Reader.GetValue',
		[reader, bindAs(only.value, int, scope)],
		{ kind: 'thing', name: 'Cell' },
		line,
	)
	return castTo(cell, type, 'cast', scope.class.language)
}
