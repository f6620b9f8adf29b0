/** Functions of Visual Basic over texts that say how letter case counts, and texts of numbers and moments (Microsoft.VisualBasic.Strings). */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { isNumber } from './coerce.ts'
import { formatted } from './formatted.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import type { VbArguments, VbFunction } from './vb-functions.ts'

const { string, int, boolean } = scriptTypes

/** `CompareMethod.Text` at that place: does letter case not count? */
function ignoresCase(given: VbArguments, at: number): boolean {
	if (given.count <= at) return false
	const name = pathOf(given.node(at))?.at(-1)?.toLowerCase()
	if (name === 'text' || name === 'vbtextcompare') return true
	return name === 'binary' || name === 'vbbinarycompare' ? false : outside('a comparison of its own', given)
}

const folded = (given: VbArguments, text: ScriptExpression): ScriptExpression =>
	given.call('String.Folded', [text], string)

/** `InStr([start,] text, part, compare)`. */
function inString(given: VbArguments): ScriptExpression {
	const hasStart = given.count > 2 && isNumber(given.value(0).type)
	const from = hasStart ? 1 : 0
	const start = hasStart ? given.whole(0) : given.literal(1n, int)
	const sides = [given.text(from), given.text(from + 1)]
	const compared = ignoresCase(given, from + 2) ? sides.map((one) => folded(given, one)) : sides
	return given.call('Vb.instr', [start, ...compared], int)
}

/** `Split(text, by, limit)`; -1 stands for no limit. */
function split(given: VbArguments): ScriptExpression {
	const type = { kind: 'list', of: string } as const
	const by = given.count < 2 ? given.literal(' ', string) : given.text(1)
	const limit = given.count < 3 ? given.literal(-1n, int) : given.whole(2)
	given.atMost(3, 'a comparison of its own')
	if (limit.kind === 'literal' && limit.value === -1n) return given.call('Vb.split', [given.text(0), by], type)
	if (limit.kind !== 'literal') return outside('Split with a limit that is only known at run time', given)
	const list: ScriptExpression = { kind: 'list', items: [by], type, line: given.line }
	const keeps: ScriptExpression = { kind: 'literal', value: false, type: boolean, line: given.line }
	return given.call('String.Split(string[], int, StringSplitOptions)', [given.text(0), list, limit, keeps], type)
}

/** `StrComp(a, b)`: by code units. What `CompareMethod.Text` puts first follows the culture. */
function compared(given: VbArguments): ScriptExpression {
	return ignoresCase(given, 2)
		? outside('the order of texts, which follows the culture', given)
		: given.call('Vb.strcomp', [given.text(0), given.text(1)], int)
}

const dateFormats: Readonly<Record<string, string>> = { longdate: 'D', shortdate: 'd', longtime: 'T', shorttime: 't' }

function dateText(given: VbArguments): ScriptExpression {
	const name = given.count < 2 ? '' : (pathOf(given.node(1))?.at(-1)?.toLowerCase() ?? '')
	const format = dateFormats[name] ?? outside('FormatDateTime of the general format', given)
	return formatted(given.moment(0), format, given.line)
}

function numberText(given: VbArguments): ScriptExpression {
	given.atMost(2, 'rules for signs and groups')
	const digits = given.count < 2 ? given.literal(2n, int) : given.whole(1)
	if (digits.kind !== 'literal' || typeof digits.value !== 'bigint')
		return outside('FormatNumber with digits that are only known at run time', given)
	return formatted(given.value(0), `N${digits.value}`, given.line)
}

/** A cell of a query may be a null of the database; what a column or variable gives never is one. */
function isDatabaseNull(given: VbArguments): ScriptExpression {
	const value = given.value(0)
	if (scriptTypeKey(value.type) === 'Cell') {
		const nothing: ScriptExpression = { kind: 'literal', value: null, type: value.type, line: given.line }
		return given.call('Compare.Equal', [value, nothing], boolean)
	}
	if (value.kind === 'column') return given.call('Vb.isdbnull', [value], boolean)
	return ['local', 'field', 'variable', 'parameter'].includes(value.kind)
		? { kind: 'literal', value: false, type: boolean, line: given.line }
		: outside(`IsDBNull of a ${scriptTypeKey(value.type)}`, given)
}

export const vbTextFunctions: Readonly<Record<string, VbFunction>> = {
	instr: inString,
	split,
	strcomp: compared,
	formatdatetime: dateText,
	formatnumber: numberText,
	isdbnull: isDatabaseNull,
}
