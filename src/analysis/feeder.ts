/** Which input column holds, on some row, the value of an output column: for operators that give values on as they are. */
import type { Operator, OperatorOf, TakenColumn } from '#model/operators.ts'
import { givenBy } from '#model/row-commands.ts'

export interface Feeder {
	readonly port: string
	readonly column: string
}

/**
 * Undefined for what the operator makes itself, or of more than one row.
 * @param branch which input of a union
 */
export function feederOf(operator: Operator, port: string, name: string, branch = 0): Feeder | undefined {
	switch (operator.kind) {
		case 'join':
			return sided(
				operator.columns.find((column) => column.name === name),
				'left',
				'right',
			)
		case 'lookup': {
			const taken = port === 'reject' ? undefined : operator.take.find((column) => column.name === name)
			return taken === undefined ? main(name) : sided(taken, 'in', 'reference')
		}
		case 'slowly-changing':
			return takenOrPassed(operator, operator.take, 'dimension', name)
		case 'maintain-dimension':
			return maintained(operator, port, name)
		case 'similar-lookup':
			return takenOrPassed(operator, operator.take, 'reference', name)
		case 'term-lookup': {
			const term = { name: operator.term, side: 'right', column: operator.list } as const
			return takenOrPassed(operator, [term], 'reference', name)
		}
		case 'union': {
			const fed =
				operator.columns.find(({ column }) => column.name === name)?.from[branch % operator.inputs] ?? undefined
			return fed === undefined ? undefined : { port: `in${branch % operator.inputs}`, column: fed }
		}
		case 'pivot':
			return main(operator.columns.find((column) => column.name === name)?.take.column)
		case 'unpivot': {
			if (operator.passes.includes(name)) return main(name)
			const place = operator.made.findIndex((column) => column.name === name)
			return main(operator.rows[0]?.from[place] ?? undefined)
		}
		case 'gather':
		case 'spread':
			return operator.passes.includes(name) ? main(name) : undefined
		case 'change-capture':
			return captured(operator, name)
		case 'change-apply': {
			const taken = operator.columns.find((column) => column.name === name)
			return taken && { port: 'before', column: taken.before }
		}
		case 'script':
			return scripted(operator, port, name)
		case 'write':
		case 'opaque':
			return undefined
		default:
			return madeNames(operator).includes(name) ? undefined : main(name)
	}
}

const main = (column: string | undefined): Feeder | undefined =>
	column === undefined ? undefined : { port: 'in', column }

function takenOrPassed(
	operator: Operator,
	take: readonly Pick<TakenColumn, 'name' | 'side' | 'column'>[],
	other: string,
	name: string,
): Feeder | undefined {
	const taken = take.find((column) => column.name === name)
	if (taken !== undefined) return sided(taken, 'in', other)
	return madeNames(operator).includes(name) ? undefined : main(name)
}

function sided(
	taken: { readonly side: 'left' | 'right'; readonly column: string } | undefined,
	left: string,
	right: string,
): Feeder | undefined {
	return taken && { port: taken.side === 'left' ? left : right, column: taken.column }
}

/** Where a row begins or is overwritten, its values are those of the input. */
function maintained(operator: OperatorOf<'maintain-dimension'>, port: string, name: string): Feeder | undefined {
	const wanted = port === 'changes' ? name : operator.take.find((one) => one.name === name)?.column
	if (wanted === undefined) return name === operator.begun ? undefined : main(name)
	const value = operator.columns.find((one) => one.name === wanted)?.value
	return value?.kind === 'column' ? main(value.column) : { port: 'dimension', column: wanted }
}

/** Rows that pass a script keep what it does not set. */
function scripted({ outputs, replaces }: OperatorOf<'script'>, port: string, name: string): Feeder | undefined {
	const output = outputs.find((one) => one.port === port)
	const isSet = [...(output?.columns ?? []), ...replaces].some((column) => column.name === name)
	return output === undefined || output.rows === 'made' || isSet ? undefined : main(name)
}

function captured(operator: OperatorOf<'change-capture'>, name: string): Feeder | undefined {
	const taken = operator.columns.find((column) => column.name === name)?.take
	switch (taken?.kind) {
		case 'before':
			return { port: 'before', column: taken.column }
		case 'after':
			return { port: 'after', column: taken.column }
		case 'current':
			return { port: 'after', column: taken.after }
		case 'code':
		case undefined:
			return undefined
	}
}

/** Columns that an operator adds to those that pass. */
function madeNames(operator: Operator): readonly string[] {
	switch (operator.kind) {
		case 'generate':
			return operator.columns.map((column) => column.name)
		case 'checksum':
		case 'number':
		case 'repeat':
		case 'look-ahead':
			return [operator.column.name]
		case 'replay':
			return [...operator.latest, operator.column.name]
		case 'slowly-changing':
			return [operator.found, ...operator.changes.map((change) => change.name)]
		case 'similar-lookup':
			return [operator.similarity, operator.confidence, ...operator.similar.flatMap((one) => one.similarity ?? [])]
		case 'term-lookup':
			return [operator.frequency]
		case 'term-extraction':
			return [operator.term, operator.score]
		case 'similar-group':
			return [
				...[operator.number, operator.group, operator.similarity],
				...operator.leading.map((one) => one.name),
				...operator.similar.flatMap((one) => one.similarity ?? []),
			]
		case 'command':
			return givenBy(operator).map(({ column }) => column)
		case 'sort':
			return operator.keyChange === undefined ? [] : [operator.keyChange]
		default:
			return []
	}
}
