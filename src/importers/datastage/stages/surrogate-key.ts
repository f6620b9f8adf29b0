import type { NumberOperator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { int } from '#model/types.ts'
import type { Stream } from '../flow.ts'
import { entriesOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

const types: Readonly<Record<string, 16 | 32 | 64>> = {
	int16: 16,
	int32: 32,
	int64: 64,
	uint16: 16,
	uint32: 32,
	uint64: 64,
}

/**
 * Surrogate Key Generator of version 7: key columns that count from an initial value. Compiled jobs hold
 * `cycle={init='1+part',incr=partcount}`: in a stage that runs in one partition the numbers have no gap.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const keys = entriesOf(context.stage.properties, 'key')
	if (keys.length === 0) context.refuse('it names no key column')
	if (context.stage.meta.get('Execmode')?.trim() !== 'seq')
		context.differ('RG-D008', `${context.stage.name} counts in each partition, in steps of their number`)
	let { stream }: { stream: Stream } = only
	for (const [index, key] of keys.entries()) {
		const part = (wanted: string): string => key.parts.find(({ name }) => name.trim() === wanted)?.value.trim() ?? ''
		const initial = part('initial') || '1'
		const bits = types[part('type') || 'int64']
		if (!/^-?\d{1,18}$/.test(initial)) context.refuse(`${key.value} begins with "${initial}", which is no plain number`)
		if (bits === undefined) context.refuse(`${key.value} has the type ${part('type')}`)
		const unknown = key.parts.find(({ name }) => !['initial', 'type'].includes(name.trim()))
		if (unknown !== undefined) context.refuse(`${key.value} has the option ${unknown.name.trim()}, which is not known`)
		const column: Column = {
			name: key.value.trim(),
			type: int(bits ?? 64, !part('type').startsWith('u')),
			nullable: false,
		}
		const operator: NumberOperator = {
			...context.base(index === 0 ? undefined : column.name),
			kind: 'number',
			column,
			start: /^-?\d{1,18}$/.test(initial) ? BigInt(initial) : 1n,
			step: 1n,
			inSteps: true,
		}
		context.flow.add(operator, { in: stream })
		const others = stream.schema.columns.filter(({ name }) => name !== column.name)
		stream = leaving(stream, operator, { ...stream.schema, columns: [...others, column] })
	}
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}
