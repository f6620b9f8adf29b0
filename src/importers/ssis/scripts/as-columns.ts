/**
 * Row methods that only decide and assign, as one expression for each column. The statements are followed in their order, so
 * an expression sees what stands before it; whatever depends on more than the row at hand stays a function over rows.
 */
import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import { operation } from '#languages/registry.ts'
import type { Expression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { ScriptExpression, ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import type { DataType } from '#model/types.ts'
import { boolean, text } from '#model/types.ts'

export interface ColumnOfScript {
	readonly name: string
	readonly expression: Expression
	/** First and last line of the script that say it. */
	readonly lines: readonly [number, number]
}

interface Cell {
	readonly expression: Expression
	readonly lines: readonly [number, number]
}

type Cells = ReadonlyMap<string, Cell>

class NoColumn extends Error {}
const no = (): never => {
	throw new NoColumn()
}

/** @param types of the columns that arrive, and of those that the script adds */
export function asColumns(
	program: ScriptProgram,
	types: ReadonlyMap<string, DataType>,
): readonly ColumnOfScript[] | undefined {
	const { entry, methods, fields } = program
	const method = methods.find(({ name }) => name === entry.eachRow)
	const others = methods.filter((one) => one !== method && one.body.length > 0)
	if (method === undefined || entry.allRows !== undefined || others.length > 0 || fields.some((one) => !one.isConstant))
		return undefined
	try {
		const cells = follow(method.body, new Map(), types)
		return [...cells].map(([name, cell]) => ({ name, ...cell }))
	} catch (error) {
		if (error instanceof NoColumn) return undefined
		throw error
	}
}

function follow(body: readonly ScriptStatement[], before: Cells, types: ReadonlyMap<string, DataType>): Cells {
	let cells = before
	for (const statement of body) {
		if (statement.kind === 'note') continue
		if (statement.kind === 'set') cells = assigned(statement, cells, types)
		else if (statement.kind === 'if') cells = decided(statement, cells, types)
		else return no()
	}
	return cells
}

function assigned(
	{ target, value, line }: Extract<ScriptStatement, { kind: 'set' }>,
	cells: Cells,
	types: ReadonlyMap<string, DataType>,
): Cells {
	const type = target.kind === 'column' && target.output === '' ? types.get(target.name) : undefined
	if (type === undefined || target.kind !== 'column') return no()
	const expression: Expression =
		value.kind === 'literal' && value.value === null
			? { kind: 'literal', value: null, type }
			: fitting(lowered(value, cells, types), type)
	// What is overwritten could have ended the run.
	const old = cells.get(target.name)
	if (old !== undefined && canFail(old.expression) && !reads(expression, old.expression)) return no()
	return new Map([...cells, [target.name, { expression, lines: [line, line] }]])
}

/** A value that needs no conversion to go into the column. */
function fitting(expression: Expression, type: DataType): Expression {
	if (expression.type.kind === 'string' && type.kind === 'string') return expression
	if (JSON.stringify(expression.type) === JSON.stringify(type)) return expression
	return expression.kind === 'literal' && expression.type.kind === 'int' && type.kind === 'int'
		? { ...expression, type }
		: no()
}

const canFail = (expression: Expression): boolean => {
	let found = false
	visit(expression, (part) => {
		if (part.kind === 'cast' || (part.kind === 'call' && operation(part.operation).canFail)) found = true
	})
	return found
}

function reads(expression: Expression, old: Expression): boolean {
	let found = false
	visit(expression, (part) => {
		if (part === old) found = true
	})
	return found
}

function decided(
	{ condition, then, otherwise, line }: Extract<ScriptStatement, { kind: 'if' }>,
	cells: Cells,
	types: ReadonlyMap<string, DataType>,
): Cells {
	const test = lowered(condition, cells, types)
	const [yes, no_] = [follow(then, cells, types), follow(otherwise, cells, types)]
	const names = [...new Set([...yes.keys(), ...no_.keys()])].filter((name) => yes.get(name) !== no_.get(name))
	if (names.length === 0 && canFail(test)) return no()
	const joined = names.map((name): readonly [string, Cell] => {
		const type = types.get(name) ?? no()
		const [left, right] = [yes, no_].map((side) => side.get(name)?.expression ?? unset(name, type, types))
		if (left === undefined || right === undefined) return no()
		const ends = [yes, no_].flatMap((side) => side.get(name)?.lines ?? [])
		return [
			name,
			{
				expression: { kind: 'if', condition: test, then: left, otherwise: right, onNull: 'otherwise', type },
				lines: [Math.min(line, ...ends), Math.max(line, ...ends)],
			},
		]
	})
	return new Map([...cells, ...joined])
}

/** A column that a branch leaves alone: as it arrived, or null where the script adds it. */
function unset(name: string, type: DataType, types: ReadonlyMap<string, DataType>): Expression {
	return types.has(`arriving ${name}`) ? { kind: 'column', name, type } : { kind: 'literal', value: null, type }
}

function lowered(expression: ScriptExpression, cells: Cells, types: ReadonlyMap<string, DataType>): Expression {
	const inner = (part: ScriptExpression): Expression => lowered(part, cells, types)
	switch (expression.kind) {
		case 'literal': {
			const { type, value } = expression
			if (value === null) return no()
			if (type.kind === 'char' && typeof value === 'string') return { kind: 'literal', value, type: text() }
			return type.kind === 'value' && ['string', 'int', 'boolean'].includes(type.type.kind)
				? { kind: 'literal', value, type: type.type }
				: no()
		}
		case 'column': {
			const set = cells.get(expression.name)?.expression
			const type = types.get(expression.name) ?? no()
			const value = set ?? { kind: 'column' as const, name: expression.name, type }
			return expression.isKnown
				? value
				: { kind: 'call', operation: 'shared.required', args: [value], type: value.type }
		}
		case 'column-is-null':
			if (cells.has(expression.name)) return no()
			return {
				kind: 'call',
				operation: 'shared.is-null',
				args: [{ kind: 'column', name: expression.name, type: types.get(expression.name) ?? no() }],
				type: boolean,
			}
		case 'both':
		case 'either': {
			const left = inner(expression.left)
			const right = knowing(inner(expression.right), requiredIn(left))
			// The right side is only looked at where the left one leaves it open.
			if (canFail(right)) return no()
			return applied(expression.kind === 'both' ? 'shared.and' : 'shared.or', [left, right]) ?? no()
		}
		case 'choose': {
			const [condition, then, otherwise] = [expression.condition, expression.then, expression.otherwise].map(inner)
			if (condition === undefined || then === undefined || otherwise === undefined) return no()
			return { kind: 'if', condition, then, otherwise, onNull: 'otherwise', type: then.type }
		}
		case 'call':
			return scriptOperation(expression.operation).column?.(expression.args.map(inner), applied) ?? no()
		default:
			return no()
	}
}

/** Columns that cannot be null where the expression has come to its end. */
function requiredIn(expression: Expression): ReadonlySet<string> {
	const names = new Set<string>()
	let isDecided = false
	visit(expression, (part) => {
		if (part.kind === 'if') isDecided = true
		const [operand] = part.kind === 'call' && part.operation === 'shared.required' ? part.args : []
		if (operand?.kind === 'column') names.add(operand.name)
	})
	return isDecided ? new Set() : names
}

/** The same without asking for these columns again. */
function knowing(expression: Expression, known: ReadonlySet<string>): Expression {
	if (expression.kind !== 'call') return expression
	const [operand] = expression.operation === 'shared.required' ? expression.args : []
	if (operand?.kind === 'column' && known.has(operand.name)) return operand
	return { ...expression, args: expression.args.map((one) => knowing(one, known)) }
}

/** A call of the catalogue, where it takes arguments of these types. */
function applied(id: string, args: readonly Expression[]): Expression | undefined {
	const [first, ...rest] = args
	if (first === undefined) return undefined
	const literals = args.map((one) => (one.kind === 'literal' ? one.value : undefined))
	const types = [first.type, ...rest.map(({ type }) => type)]
	const result = operation(id).result(
		types as unknown as Parameters<ReturnType<typeof operation>['result']>[0],
		literals,
	)
	return 'problem' in result ? undefined : { kind: 'call', operation: id, args, type: result }
}
