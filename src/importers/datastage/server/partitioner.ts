/** The Link Partitioner deals rows to its links, round robin unless it is told otherwise (IBM: Link Partitioner stages). */
import type { NumberOperator, RouteOperator } from '#model/operators.ts'
import { boolean, int } from '#model/types.ts'
import { columnExpression, literal } from '../expressions.ts'
import { freeColumn } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams } from '../stages/inputs.ts'
import { onLink } from './texts.ts'

/** What its other algorithms make of a value is not documented. */
const others = /^(?:hash|modulus|random|same)$/i

export function lower(context: StageContext): StageStreams {
	const [input, ...more] = context.inputs
	if (input === undefined || more.length > 0) {
		context.refuse(`it has ${context.inputs.length} input links, not one`)
		return noStreams
	}
	const settings = [...context.stage.properties.values(), ...context.stage.record.values.values()]
	const algorithm = settings.find((value) => others.test(value.trim()))
	if (algorithm !== undefined) context.refuse(`it deals its rows by the algorithm ${algorithm}`)
	const type = int(64)
	const place = { name: freeColumn(input.stream.schema, 'row'), type, nullable: false }
	const number: NumberOperator = { ...context.base('row'), kind: 'number', column: place, start: 0n, step: 1n }
	context.flow.add(number, { in: input.stream })
	const schema = { ...input.stream.schema, columns: [...input.stream.schema.columns, place] }
	const numbered = leaving(input.stream, number, schema)
	const turn = {
		kind: 'call',
		operation: 'datastage.mod',
		args: [columnExpression(place), literal(BigInt(context.outputs.length), type)],
		type,
	} as const
	const route: RouteOperator = {
		...context.base(),
		kind: 'route',
		mode: 'first',
		routes: context.outputs.map(({ link }, at) => ({
			port: `out${at}`,
			provenance: context.provenance(link.lines, link.name),
			condition: {
				expression: { kind: 'call', operation: 'datastage.eq', args: [turn, literal(BigInt(at), type)], type: boolean },
				text: 'round robin',
			},
		})),
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		reject: {},
	}
	context.flow.add(route, { in: numbered })
	return new Map(
		context.outputs.map((output, at) => [
			output.pin.id,
			onLink(context, leaving(numbered, route, schema, `out${at}`), output),
		]),
	)
}
