import type { SampleOperator } from '#model/operators.ts'
import type { SampleShare } from '#model/reshaping.ts'
import type { Stream } from '../flow.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * Sample: in percent mode a random share of the rows for each output link, in period mode every n-th row; either may be limited
 * to a number of rows (IBM: Sample stage, Stage page).
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const { properties } = context.stage
	const limit = limitOf(context)
	// What the mode does not ask for is left over from another one.
	const mode = propertyOf(properties, 'selection')
	const isPeriod = mode === '' ? entriesOf(properties, 'percent').length === 0 : mode === 'period'
	return isPeriod ? everyNth(context, stream, limit) : shares(context, stream, limit)
}

/** Rows of an output at most: of each partition, and of all together; the new job has one partition. */
function limitOf(context: StageContext): number | undefined {
	const { properties } = context.stage
	const limits = [
		{ name: 'maxoutputrows', caption: 'Max rows (per partition)' },
		{ name: 'totalmaxoutputrows', caption: 'Max total rows' },
	].flatMap(({ name, caption }) => {
		const written = propertyOf(properties, name)
		return written === '' ? [] : [wholeNumber(context, written, caption)]
	})
	return limits.length === 0 ? undefined : Math.min(...limits)
}

function everyNth(context: StageContext, stream: Stream, limit: number | undefined): StageStreams {
	const { properties } = context.stage
	const written = propertyOf(properties, 'sample') || propertyOf(properties, 'period')
	const period = wholeNumber(context, written, 'Period')
	if (period < 1) context.refuse('it has neither a percentage nor a period')
	context.differ('RG-D002', `${context.stage.name} took every row number ${period} of each partition`)
	const operator: SampleOperator = {
		...context.base(),
		kind: 'sample',
		how: 'head',
		// The first row that counts is number `period`.
		skip: Math.max(period - 1, 0),
		period,
		...(limit === undefined ? {} : { rows: limit }),
	}
	context.flow.add(operator, { in: stream })
	const result = leaving(stream, operator)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, result)]))
}

function shares(context: StageContext, stream: Stream, limit: number | undefined): StageStreams {
	const { properties, name } = context.stage
	const seed = wholeNumber(context, propertyOf(properties, 'seed') || '0', 'Seed')
	const found = entriesOf(properties, 'percent').map((entry, index) => {
		const written = entry.parts.find((part) => ['target', 'output'].includes(part.name.trim()))?.value.trim() ?? ''
		const percent = Number(entry.value.trim())
		if (!/^\d{1,3}(?:\.\d{1,6})?$/.test(entry.value.trim())) context.refuse(`a percentage is "${entry.value}"`)
		return { percent, target: written === '' ? index : wholeNumber(context, written, 'Output link number') }
	})
	if (found.reduce((sum, { percent }) => sum + percent, 0) > 100) context.refuse('its percentages exceed 100')
	context.differ('RG-D040', `${name} takes other random rows than the old job`)
	const ports: readonly SampleShare[] = found.map(({ percent }, index) => ({ port: `out${index}`, percent }))
	const operator: SampleOperator = { ...context.base(), kind: 'sample', how: 'percent', seed, shares: ports }
	context.flow.add(operator, { in: stream })
	return new Map(
		context.outputs.map((output, number) => {
			const index = found.findIndex(({ target }) => target === number)
			if (index < 0) context.refuse(`no percentage leads to link ${output.link.name}`)
			const share = leaving(stream, operator, stream.schema, `out${index}`)
			return [output.pin.id, mapOutput(context, output, firstOf(context, share, output.link.name, limit))]
		}),
	)
}

function firstOf(context: StageContext, stream: Stream, link: string, rows: number | undefined): Stream {
	if (rows === undefined) return stream
	const operator: SampleOperator = { ...context.base(`first of ${link}`), kind: 'sample', how: 'head', skip: 0, rows }
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator)
}
