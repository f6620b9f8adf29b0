/** The typed tree of a script as Python: what its parts share. */

import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import type { Texts } from '#languages/dotnet/operation.ts'
import type { Py } from '#languages/python.ts'
import { atom, call, loose, pyString } from '#languages/python.ts'
import { civilFromDays, splitMicros } from '#model/calendar.ts'
import { format } from '#model/decimal.ts'
import type { ScriptExpression, ScriptProgram } from '#model/scripts.ts'
import { scriptTypeKey } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import { identifier, Names } from '../../names.ts'
import { helperNames } from '../helpers/registry.ts'

/** Names of Python and of the functions around that a local must not hide. */
const reserved = [
	'row',
	'rows',
	'spark',
	'params',
	'variables',
	'frame',
	'inputs',
	'run_at',
	'str',
	'int',
	'float',
	'len',
	'list',
	'format',
	'round',
	'abs',
	'min',
	'max',
	'datetime',
	'date',
	'timedelta',
	'math',
	'Decimal',
	'hashlib',
	'base64',
	'substring',
	'remove',
	'left',
	'right',
	'mid',
	'split',
	'item',
	'quotient',
	'remainder',
	'divide',
	'midnight',
	'required',
	'fitted',
	'bytes',
	'type',
	'print',
	'sum',
	'hash',
	'file',
	'range',
	'error',
	'at',
]

/** How what stands around a script is spelled. */
export interface ScriptSpelling {
	/** Value of a package variable or parameter. */
	variable(name: string): Py
	parameter(name: string): Py
	/** A cell of the row at hand. */
	cell(name: string): Py
	/** Type of a cell that Python holds as something else than the script does: a date, a time of day. */
	cellKind(name: string): 'date' | 'time' | 'other'
	/** The argument that names a connection. */
	connection(name: string): Py
	/** A path of the old job as it is now. */
	place(path: Py): Py
}

export class ScriptNames {
	readonly #names: Names
	readonly #known = new Map<string, string>()

	constructor(taken: Iterable<string> = []) {
		this.#names = new Names([...reserved, ...helperNames, ...taken])
	}

	of(name: string): string {
		const known = this.#known.get(name)
		if (known !== undefined) return known
		const free = this.#names.take(identifier(name))
		this.#known.set(name, free)
		return free
	}

	get all(): readonly string[] {
		return [...this.#known.values()]
	}
}

export interface ScriptPrinter {
	readonly program: ScriptProgram
	readonly spelling: ScriptSpelling
	readonly fields: ScriptNames
	readonly methods: ScriptNames
	readonly locals: ScriptNames
}

export function printExpression(expression: ScriptExpression, printer: ScriptPrinter): Py {
	const print = (part: ScriptExpression): Py => printExpression(part, printer)
	const operand = (part: ScriptExpression): string => {
		const text = print(part)
		return text.level === 'loose' || text.level === 'comparison'
			? / (?:and|or|if|else) |^not /.test(text.code)
				? `(${text.code})`
				: text.code
			: text.code
	}
	switch (expression.kind) {
		case 'literal': {
			const key = scriptTypeKey(expression.type)
			const isConnection = key === 'Connection' || key === 'ConnectionText'
			if (isConnection && typeof expression.value === 'string') return printer.spelling.connection(expression.value)
			return literal(expression.value, key)
		}
		case 'local':
			return atom(printer.locals.of(expression.name))
		case 'field':
			return atom(printer.fields.of(expression.name))
		case 'variable':
			return printer.spelling.variable(expression.name)
		case 'parameter':
			return printer.spelling.parameter(expression.name)
		case 'column': {
			const cell = printer.spelling.cell(expression.name)
			const present = expression.isKnown ? cell : call('required', atom('row'), expression.name)
			const kind = printer.spelling.cellKind(expression.name)
			return kind === 'date'
				? call('as_moment', present)
				: kind === 'time'
					? atom(`timedelta(microseconds=${present.code})`)
					: present
		}
		case 'column-is-null':
			return loose(`${printer.spelling.cell(expression.name).code} is None`)
		case 'call': {
			const operation = scriptOperation(expression.operation)
			const texts = expression.args.map((argument, index) => {
				const text = print(argument)
				return operation.paths?.includes(index) === true ? printer.spelling.place(text) : text
			}) as unknown as Texts
			return operation.python(texts, { args: expression.args.map(({ type }) => type), result: expression.type })
		}
		case 'invoke':
			return call(printer.methods.of(expression.method), ...expression.args.map(print))
		case 'choose':
			return loose(
				`${operand(expression.then)} if ${operand(expression.condition)} else ${operand(expression.otherwise)}`,
			)
		case 'both':
			return loose(`${operandOf(expression.left, 'or', print)} and ${operandOf(expression.right, 'or', print)}`)
		case 'either':
			return loose(`${operandOf(expression.left, 'and', print)} or ${operandOf(expression.right, 'and', print)}`)
		case 'coalesce': {
			const left = operand(expression.left)
			return loose(`${left} if ${left} is not None else ${operand(expression.right)}`)
		}
		case 'list':
			return atom(`[${expression.items.map((item) => print(item).code).join(', ')}]`)
		case 'query':
			return printQuery(
				expression,
				print(expression.source),
				print(expression.body),
				printer.locals.of(expression.local),
			)
		case 'next-row':
			throw new Error('rows are asked for by a loop alone')
	}
}

/** A question to the items of a list, as a comprehension. */
function printQuery({ how }: Extract<ScriptExpression, { kind: 'query' }>, source: Py, body: Py, local: string): Py {
	const each = `for ${local} in ${source.level === 'loose' ? `(${source.code})` : source.code}`
	const asked = / if .+ else /.test(body.code) && body.level === 'loose' ? `(${body.code})` : body.code
	switch (how) {
		case 'where':
			return atom(`[${local} ${each} if ${asked}]`)
		case 'select':
			return atom(`[${body.code} ${each}]`)
		case 'any':
		case 'all':
			return atom(`${how}(${body.code} ${each})`)
		case 'first':
			return atom(`first_of(${local} ${each} if ${asked})`)
		case 'index':
			return atom(`next((at for at, ${local} in enumerate(${source.code}) if ${asked}), -1)`)
		case 'find':
			return atom(`next((${local} ${each} if ${asked}), None)`)
		case 'sort':
			return atom(`sorted(${source.code}, key=lambda ${local}: ${body.code})`)
		case 'sort-descending':
			return atom(`sorted(${source.code}, key=lambda ${local}: ${body.code}, reverse=True)`)
	}
}

/** A side of `and` or `or`, in parentheses where it holds the other of the two or a choice. */
function operandOf(part: ScriptExpression, other: 'and' | 'or', print: (part: ScriptExpression) => Py): string {
	const { code } = print(part)
	const isMixed =
		part.kind === (other === 'and' ? 'both' : 'either') || part.kind === 'choose' || part.kind === 'coalesce'
	return isMixed ? `(${code})` : code
}

function literal(value: Value, key: string): Py {
	if (value === null) return atom('None')
	if (typeof value === 'boolean') return atom(value ? 'True' : 'False')
	if (typeof value === 'bigint') return value < 0n ? { code: String(value), level: 'unary' } : atom(String(value))
	if (typeof value === 'number') return floatLiteral(value)
	if (typeof value === 'string') return atom(key === 'Regex' ? rawString(value) : pyString(value))
	switch (value.kind) {
		case 'decimal':
			return atom(
				value.scale === 0 && value.unscaled >= 0n ? `Decimal(${value.unscaled})` : `Decimal("${format(value)}")`,
			)
		case 'timestamp': {
			const [days, ofDay] = splitMicros(value.micros)
			const { year, month, day } = civilFromDays(days)
			if (year === 1 && month === 1 && day === 1 && ofDay === 0n) return atom('datetime.min')
			const time = [ofDay / 3_600_000_000n, (ofDay / 60_000_000n) % 60n, (ofDay / 1_000_000n) % 60n, ofDay % 1_000_000n]
			while (time.at(-1) === 0n) time.pop()
			return atom(`datetime(${[year, month, day, ...time].join(', ')})`)
		}
		case 'binary':
			return atom(`bytes.fromhex("${value.hex}")`)
		default:
			throw new Error(`no literal of ${key}`)
	}
}

/** A pattern as people write it, where a raw literal can hold it. */
const rawString = (text: string): string =>
	/^[^"\n\r]*\\[^"\n\r]*[^"\\\n\r]$/.test(text) ? `r"${text}"` : pyString(text)

function floatLiteral(value: number): Py {
	if (!Number.isFinite(value)) return atom(`float("${value}")`)
	const digits = Object.is(value, -0) ? '-0.0' : String(value)
	const code = /[.e]/.test(digits) ? digits : `${digits}.0`
	return value < 0 ? { code, level: 'unary' } : atom(code)
}
