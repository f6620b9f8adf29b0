/**
 * The functions of Visual Basic that need no receiver (Microsoft.VisualBasic: Strings, Information, Interaction, Conversion,
 * DateAndTime). Positions count from 1, and a place beyond the text is no fault.
 */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import { intOf } from '../operations/numbers.ts'
import type { Argument, Syntax } from '../syntax.ts'
import { checked } from './check.ts'
import { callOf, castTo, coerce, textOf } from './coerce.ts'
import { formatted } from './formatted.ts'
import { pathOf } from './members.ts'
import { notNull, unified } from './operators.ts'
import { outside } from './outside.ts'
import { bind, bindAs, bindCall } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { defaultOf } from './types.ts'
import { vbDateFunctions } from './vb-dates.ts'
import { vbTextFunctions } from './vb-texts.ts'

const { string, boolean, int, long, double, decimal, moment, char } = scriptTypes
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

/** The arguments of a call, as a function asks for them. */
export class VbArguments {
	readonly line: number
	readonly scope: MethodScope
	readonly #name: string
	readonly #nodes: readonly Syntax[]

	constructor(name: string, args: readonly Argument[], scope: MethodScope, line: number) {
		this.#name = name
		this.#nodes = args.map(({ value }) => value)
		this.scope = scope
		this.line = line
	}

	get count(): number {
		return this.#nodes.length
	}

	node(at: number): Syntax {
		return this.#nodes[at] ?? outside(`${this.#name} with too few values`, this)
	}

	value(at: number): ScriptExpression {
		return bind(this.node(at), this.scope)
	}

	/** A text; nothing counts as the empty one. */
	text(at: number): ScriptExpression {
		return notNull(bindAs(this.node(at), string, this.scope))
	}

	whole(at: number): ScriptExpression {
		return bindAs(this.node(at), int, this.scope)
	}

	moment(at: number): ScriptExpression {
		const { scope } = this
		return castTo(bind(this.node(at), scope, moment), moment, 'convert', scope.class.language)
	}

	/** Refuses a call that says more than is understood. */
	atMost(count: number, what: string): void {
		if (this.count > count) outside(`${this.#name} with ${what}`, this)
	}

	call(operation: string, args: readonly ScriptExpression[], type: ScriptType): ScriptExpression {
		return checked(callOf(operation, args, type, this.line))
	}

	literal(value: bigint | string, type: ScriptType): ScriptExpression {
		return { kind: 'literal', value, type, line: this.line }
	}
}

export type VbFunction = (given: VbArguments) => ScriptExpression

const ofText =
	(operation: string, type: ScriptType): VbFunction =>
	(given) =>
		given.call(operation, [given.text(0)], type)

const ofTextAndSize =
	(operation: string): VbFunction =>
	(given) =>
		given.call(operation, [given.text(0), given.whole(1)], string)

/** `StrDup(5, "0")`: the first character of the text. */
function repeated(given: VbArguments, sign: ScriptExpression, count: ScriptExpression): ScriptExpression {
	const [first] = sign.kind === 'literal' && typeof sign.value === 'string' ? Array.from(sign.value) : []
	if (first === undefined) return outside('StrDup of a text that is only known at run time', given)
	return given.call('String.new(char, int)', [given.literal(first, char), count], string)
}

/** Numbers behind the point cut off, by either rule; whole numbers have none. */
const wholePart =
	(operation: 'Vb.fix' | 'Vb.int'): VbFunction =>
	(given) => {
		const value = given.value(0)
		return intOf(value.type) === undefined
			? given.call(operation, [coerce(value, double, 'vb')], double)
			: coerce(value, value.type, 'vb')
	}

/** Both values are computed, whichever is taken. */
function immediateIf(given: VbArguments): ScriptExpression {
	const condition = bindAs(given.node(0), boolean, given.scope)
	const [then, otherwise] = [given.value(1), given.value(2)]
	const type = unified(then, otherwise, 'vb')
	if (type === undefined) return outside('IIf of values of two types', given)
	return given.call('Vb.iif', [condition, coerce(then, type, 'vb'), coerce(otherwise, type, 'vb')], type)
}

function characterOf(given: VbArguments): ScriptExpression {
	const code = given.whole(0)
	const known = code.kind === 'literal' && typeof code.value === 'bigint' ? code.value : undefined
	if (known !== undefined && known >= 0n && known < 128n)
		return given.literal(String.fromCodePoint(Number(known)), char)
	return given.call('Vb.chr', [code], char)
}

/** `Format(value, "…")`. */
function formattedBy(given: VbArguments): ScriptExpression {
	if (given.count < 2) return textOf(given.value(0))
	const pattern = given.value(1)
	given.atMost(2, 'a calendar of its own')
	if (pattern.kind !== 'literal' || typeof pattern.value !== 'string')
		return outside('Format with a format that is only known at run time', given)
	return formatted(given.value(0), pattern.value, given.line)
}

/** `StrConv(text, VbStrConv.ProperCase)`: words begin large, all other letters are small, acronyms as well. */
function caseOf(given: VbArguments): ScriptExpression {
	given.atMost(2, 'a locale')
	const lower = (): ScriptExpression => given.call('String.ToLower', [given.text(0)], string)
	switch (pathOf(given.node(1))?.at(-1)?.toLowerCase()) {
		case 'uppercase':
			return given.call('String.ToUpper', [given.text(0)], string)
		case 'lowercase':
			return lower()
		case 'propercase': {
			const type: ScriptType = { kind: 'thing', name: 'TextInfo' }
			const rules: ScriptExpression = { kind: 'literal', value: null, type, line: given.line }
			return given.call('TextInfo.ToTitleCase', [rules, lower()], string)
		}
		default:
			return outside('StrConv of another kind', given)
	}
}

const functions: Readonly<Record<string, VbFunction>> = {
	...vbDateFunctions,
	...vbTextFunctions,
	len: ofText('String.Length', int),
	ucase: ofText('String.ToUpper', string),
	lcase: ofText('String.ToLower', string),
	trim: ofText('Vb.trim', string),
	ltrim: ofText('Vb.ltrim', string),
	rtrim: ofText('Vb.rtrim', string),
	strconv: caseOf,
	strreverse: ofText('Vb.strreverse', string),
	isnumeric: ofText('Vb.isnumeric', boolean),
	val: ofText('Vb.val', double),
	asc: ofText('Vb.asc', int),
	ascw: ofText('Vb.ascw', int),
	left: ofTextAndSize('Vb.left'),
	right: ofTextAndSize('Vb.right'),
	mid: (given) =>
		given.count < 3
			? given.call('Vb.mid2', [given.text(0), given.whole(1)], string)
			: given.call('Vb.mid', [given.text(0), given.whole(1), given.whole(2)], string),
	instrrev(given) {
		given.atMost(2, 'a start or a comparison of its own')
		return given.call('Vb.instrrev', [given.text(0), given.text(1)], int)
	},
	replace(given) {
		given.atMost(3, 'a start or a count')
		return given.call('String.Replace(value)', [given.text(0), given.text(1), given.text(2)], string)
	},
	join(given) {
		const by = given.count < 2 ? given.literal(' ', string) : given.text(1)
		return given.call('String.Join', [by, coerce(given.value(0), { kind: 'list', of: string }, 'vb')], string)
	},
	strdup: (given) => repeated(given, given.value(1), given.whole(0)),
	space: (given) => repeated(given, given.literal(' ', string), given.whole(0)),
	hex: (given) => formatted(given.value(0), 'X', given.line),
	chr: characterOf,
	chrw: (given) => given.call('Convert.ToChar(int)', [given.whole(0)], char),
	fix: wholePart('Vb.fix'),
	int: wholePart('Vb.int'),
	iif: immediateIf,
	format: formattedBy,
	ubound(given) {
		const list = given.value(0)
		if (list.type.kind !== 'list') return outside(`UBound of a ${scriptTypeKey(list.type)}`, given)
		given.atMost(1, 'a dimension')
		return given.call('Number.Subtract', [given.call('List.Length', [list], int), given.literal(1n, int)], int)
	},
	lbound(given) {
		given.atMost(1, 'a dimension')
		return given.literal(0n, int)
	},
	isnothing(given) {
		const value = given.value(0)
		const nothing: ScriptExpression = { kind: 'literal', value: null, type: value.type, line: given.line }
		return given.call('Compare.Equal', [value, nothing], boolean)
	},
	/** What the parser makes of `ReDim Preserve`. */
	'redim preserve': (given) => {
		const list = given.value(0)
		if (list.type.kind !== 'list') return outside(`ReDim of a ${scriptTypeKey(list.type)}`, given)
		return given.call('List.Resized', [list, given.whole(1), defaultOf(list.type.of, given.line)], list.type)
	},
}

/** Modules of the language and what stands in front of them: they say nothing about a function. */
const modules = /^(?:microsoft\.visualbasic\.?)?(?:strings|information|interaction|conversion|dateandtime)?$/

/** Is that the name of a module whose functions are those of the language? */
export const isVbModule = (path: readonly string[]): boolean => modules.test(path.join('.').toLowerCase())

/** Undefined: no such function. */
export function vbFunction(
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const key = name.toLowerCase().replace(/\$$/, '')
	const [first] = args.map(({ value }) => value)
	const type = Object.hasOwn(conversions, key) ? conversions[key] : undefined
	if (type !== undefined && first !== undefined) return castTo(bind(first, scope, type), type, 'convert', 'vb')
	if (Object.hasOwn(functions, key)) return functions[key]?.(new VbArguments(name, args, scope, line))
	return overloads('math', name, true).length > 0 ? ofMath(name, args, scope, line) : undefined
}

/** The files that the designer makes import System.Math, so that its members need no name in front of them. */
function ofMath(name: string, args: readonly Argument[], scope: MethodScope, line: number): ScriptExpression {
	const math: Syntax = { kind: 'name', name: 'Math', line }
	const target: Syntax = { kind: 'member', target: math, name, conditional: false, line }
	return bindCall({ kind: 'call', target, args, typeArgs: [], line }, scope)
}
