/**
 * Balanced Data Distributor: every row leaves by one output, buffer by buffer in turn (Microsoft: Balanced Data Distributor
 * Transformation). Which output takes a row follows from the sizes of buffers, so that no package can rely on it.
 */
import type { Expression } from '#model/expressions.ts'
import type { NumberOperator, ProjectOperator, RouteOperator } from '#model/operators.ts'
import { boolean, int } from '#model/types.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, declare, mainInput, port, refuse } from '../flow/parts.ts'
import { UniqueNames } from '../formats/unique-names.ts'

export function lowerBalancedDataDistributor(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	const outputs = context.component.outputs.filter((output) => context.isLinked(output))
	if (input === undefined) return refuse('it has no input')
	const arriving = context.arriving(input)
	const names = new UniqueNames()
	for (const { name } of arriving) names.take(name)
	const turn: BufferColumn = { lineage: 'turn', name: names.take('turn'), type: { name: 'DT_I8' }, sortKey: 0 }
	const number: NumberOperator = {
		...base(context, 'turn'),
		kind: 'number',
		column: { name: turn.name, type: int(64), nullable: false },
		start: 0n,
		step: 1n,
	}
	const route: RouteOperator = {
		...base(context),
		kind: 'route',
		mode: 'first',
		routes: outputs.map((_output, place) => ({
			port: `out${place}`,
			condition: {
				expression: isTurn(turn, outputs.length, place),
				text: `row ${place + 1} of every ${outputs.length}`,
			},
			provenance: context.provenance,
		})),
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		reject: {},
	}
	add(context, number, route)
	const numbered = [...arriving, turn]
	connect(context, { from: port(number, 'out'), buffer: numbered }, port(route, 'in'))
	context.parts.takes.set(input.id, port(number, 'in'))
	for (const [place, output] of outputs.entries()) {
		const dealt: ProjectOperator = {
			...base(context, `rows ${place + 1}`),
			kind: 'project',
			passThrough: 'all',
			drop: [turn.name],
			columns: [],
			evaluation: 'together',
			reject: {},
		}
		add(context, dealt)
		connect(context, { from: port(route, `out${place}`), buffer: numbered }, port(dealt, 'in'))
		context.parts.gives.set(output.id, { from: port(dealt, 'out'), buffer: arriving })
	}
	declare(context, 'RG-D033', `Its ${outputs.length} outputs take rows one by one in turn.`)
	return undefined
}

function isTurn(turn: BufferColumn, outputs: number, place: number): Expression {
	const type = int(64)
	const whole = (value: number): Expression => ({ kind: 'literal', value: BigInt(value), type })
	const rest: Expression = {
		kind: 'call',
		operation: 'ssis.modulo',
		args: [{ kind: 'column', name: turn.name, type }, whole(outputs)],
		type,
	}
	return { kind: 'call', operation: 'ssis.equal', args: [rest, whole(place)], type: boolean }
}
