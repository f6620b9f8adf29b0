import type { SourcedExpression } from '#model/expressions.ts'
import type { RouteOperator } from '#model/operators.ts'
import { either } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { deriveWhere } from '../where.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { united } from './rejects.ts'

interface Clause {
	readonly condition: SourcedExpression
	/** Number of the output link, in link order. */
	readonly target: number
}

/**
 * Filter: where clauses, each bound to an output link. A row goes to every link whose clause it meets, or to the first one only
 * (Output Row Only Once); rows that meet none go to the reject link when there is one (IBM: Filter stage).
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const { properties } = context.stage
	const once = propertyOf(properties, 'first') !== ''
	const rejects = context.outputs.filter(({ link }) => link.kind === 'reject')
	const targets = context.outputs.filter(({ link }) => link.kind !== 'reject')
	declareCollation(context)
	const clauses = readClauses(context, stream)
	const routes = once ? clauses : merged(clauses)
	const operator: RouteOperator = {
		...context.base(),
		kind: 'route',
		mode: once ? 'first' : 'every',
		routes: routes.map(({ condition }, index) => ({
			port: `out${index}`,
			condition,
			provenance: context.provenance(),
		})),
		otherwise: rejects.map((_output, index) => ({ port: `rest${index}`, after: routes.length })),
		onNull: { kind: 'false' },
		onError: { kind: 'drop' },
		reject: {},
	}
	context.flow.add(operator, { in: stream })
	const streams = new Map<string, Stream>()
	for (const [number, output] of targets.entries()) {
		const ports = routes.flatMap(({ target }, index) =>
			target === number ? [leaving(stream, operator, stream.schema, `out${index}`)] : [],
		)
		if (ports.length === 0) context.refuse(`no where clause leads to link ${output.link.name}`)
		else streams.set(output.pin.id, mapOutput(context, output, united(context, ports, `all ${output.link.name}`)))
	}
	for (const [index, output] of rejects.entries()) {
		streams.set(output.pin.id, mapOutput(context, output, leaving(stream, operator, stream.schema, `rest${index}`)))
	}
	return streams
}

/** A clause without a number belongs to the link in its own place. */
function readClauses(context: StageContext, stream: Stream): readonly Clause[] {
	const entries = entriesOf(context.stage.properties, 'where')
	if (entries.length === 0) context.refuse('it has no where clause')
	const nulls = propertyOf(context.stage.properties, 'nulls') === 'last' ? 'last' : 'first'
	return entries.flatMap((entry, index) => {
		const condition = deriveWhere(context, entry.value, stream.schema, nulls)
		const written = entry.parts.find((part) => part.name.trim() === 'target')?.value.trim() ?? ''
		if (!/^\d*$/.test(written)) context.refuse(`the output link of a where clause is "${written}"`)
		return condition === undefined ? [] : [{ condition, target: written === '' ? index : Number(written) }]
	})
}

/** Where a row may take several links, clauses of one link are one condition: the row goes there once. */
function merged(clauses: readonly Clause[]): readonly Clause[] {
	const byTarget = new Map<number, Clause>()
	for (const clause of clauses) {
		const known = byTarget.get(clause.target)
		if (known === undefined) byTarget.set(clause.target, clause)
		else {
			const expression = either(known.condition.expression, clause.condition.expression)
			byTarget.set(clause.target, {
				target: clause.target,
				condition: { expression, text: `(${known.condition.text}) or (${clause.condition.text})` },
			})
		}
	}
	return [...byTarget.values()]
}
