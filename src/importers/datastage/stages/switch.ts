import type { Expression } from '#model/expressions.ts'
import type { Route, RouteOperator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { boolean, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { findDsColumn } from '../columns.ts'
import { assign, columnExpression, either, literal } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import type { DsKey } from '../keys.ts'
import { dependentsOf, entriesOf, propertyOf, readKeys } from '../keys.ts'
import { columnNamed, mapOutput } from '../mapping.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

interface Case {
	readonly value: string
	/** Number of the output link, in link order. */
	readonly target: string
}

/**
 * Switch: the value of a selector column sends a row to one of the output links; what no case names goes to the reject link, is
 * dropped, or ends the job, which is the default (IBM: Switch stage, Stage page).
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const { properties } = context.stage
	const mode = propertyOf(properties, 'selection') || 'user'
	if (mode !== 'user')
		context.refuse(`its selector mode is "${mode}", in which the engine picks the link of each value while it runs`)
	const [named, ...others] = readKeys(properties)
	const isCaseless = dependentsOf(properties, 'key', 'ci\\cs').some(({ value }) => value.trim() === 'ci')
	const key = named === undefined || !isCaseless ? named : { ...named, collation: 'caseless' as const }
	const selector = key && findDsColumn(stream.schema.columns, columnNamed(context, stream, key.column))
	if (key === undefined || others.length > 0 || selector === undefined) {
		context.refuse(key === undefined ? 'it has no selector' : 'its selector is not one known column')
		return noStreams
	}
	const rejects = context.outputs.filter(({ link }) => link.kind === 'reject')
	const targets = context.outputs.filter(({ link }) => link.kind !== 'reject')
	const cases = readCases(context)
	const discard = propertyOf(properties, 'discard')
	const routes = [...new Set(cases.map(({ target }) => target))].map((target): Route & { target: string } => {
		const values = cases.filter((one) => one.target === target).map(({ value }) => value)
		const tests = values.map((value) => test(context, key, selector, value))
		const [first = literal(false, boolean), ...more] = tests
		const condition = { expression: more.reduce(either, first), text: `${selector.name} in (${values.join(', ')})` }
		return { port: `out${target}`, condition, provenance: context.provenance(), target }
	})
	const unknown = routes.find(({ target }) => target !== discard && !/^\d+$/.test(target))
	if (unknown !== undefined) context.refuse(`a case leads to "${unknown.target}", which is no number of an output link`)
	const operator: RouteOperator = {
		...context.base(),
		kind: 'route',
		mode: 'first',
		routes: routes.map(({ target: _target, ...route }) => route),
		...unmatched(context, rejects, routes.length),
		onNull: { kind: 'false' },
		onError: { kind: 'drop' },
		reject: {},
	}
	context.flow.add(operator, { in: stream })
	return streamsOf(context, operator, stream, targets, rejects)
}

function streamsOf(
	context: StageContext,
	operator: RouteOperator,
	stream: Stream,
	targets: readonly StageOutput[],
	rejects: readonly StageOutput[],
): StageStreams {
	const streams = new Map<string, Stream>()
	for (const [number, output] of targets.entries()) {
		const port = `out${number}`
		if (!operator.routes.some((route) => route.port === port))
			context.refuse(`no case leads to link ${output.link.name}`)
		streams.set(output.pin.id, mapOutput(context, output, leaving(stream, operator, stream.schema, port)))
	}
	for (const output of rejects)
		streams.set(output.pin.id, mapOutput(context, output, leaving(stream, operator, stream.schema, 'rest')))
	return streams
}

/** `value=number`; a case without a number goes to the link of the case before it. */
function readCases(context: StageContext): readonly Case[] {
	const entries = entriesOf(context.stage.properties, 'case')
	if (entries.length === 0) context.refuse('it has no case')
	const cases: Case[] = []
	for (const { value: written } of entries) {
		const at = written.lastIndexOf('=')
		const value = (at < 0 ? written : written.slice(0, at)).trim()
		const target = at < 0 ? (cases.at(-1)?.target ?? '0') : written.slice(at + 1).trim()
		cases.push({ value: value.replace(/^(["'])(.*)\1$/s, '$2'), target })
	}
	return cases
}

function test(context: StageContext, key: DsKey, selector: Column, written: string): Expression {
	const value = columnExpression(selector)
	const folded = (expression: Expression): Expression =>
		key.collation === 'caseless' && selector.type.kind === 'string'
			? { kind: 'call', operation: 'datastage.down-case', args: [expression], type: text() }
			: expression
	return {
		kind: 'call',
		operation: 'datastage.eq',
		args: [folded(value), folded(constant(context, selector, written))],
		type: boolean,
	}
}

function constant(context: StageContext, { name, type }: Column, written: string): Expression {
	if (type.kind === 'string') return literal(written, text())
	if (type.kind === 'int') {
		const value: Value = /^[+-]?\d{1,20}$/.test(written) ? BigInt(written) : null
		if (value === null) context.refuse(`the case "${written}" is no value of ${name}`)
		return literal(value, type)
	}
	return assign(context, literal(written, text()), type)
}

function unmatched(
	context: StageContext,
	rejects: readonly StageOutput[],
	routes: number,
): Pick<RouteOperator, 'otherwise' | 'unrouted'> {
	const action = propertyOf(context.stage.properties, 'ifNotFound') || 'fail'
	switch (action) {
		case 'allow':
		case 'output':
			if (rejects.length === 0) context.refuse('rows without a case go to a reject link that is not there')
			return { otherwise: [{ port: 'rest', after: routes }] }
		case 'ignore':
		case 'drop':
			return { otherwise: [] }
		case 'fail':
			return { otherwise: [], unrouted: 'fail' }
		default:
			context.refuse(`for rows without a case it says "${action}"`)
			return { otherwise: [] }
	}
}
