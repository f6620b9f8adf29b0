import { diagnose } from '#model/diagnostics.ts'
import type { FilterOperator, LookupOperator, TakenColumn } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { boolean, int } from '#model/types.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn } from '../columns.ts'
import { columnExpression, either, literal } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import type { DsKey } from '../keys.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { assigned, columnNamed, freeColumn, mapOutput, mappedName, project } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageInput, StageOutput, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, sortedInputs } from './inputs.ts'
import { matchKeys } from './match-keys.ts'
import { whenMissing } from './missing.ts'

interface Merged {
	readonly stream: Stream
	/** Where the columns of the updates are found: `link`, its column, and the name in the merged row. */
	readonly origins: readonly { readonly link: string; readonly column: string; readonly name: string }[]
	/** Columns that are 1 where an update was found. */
	readonly marks: readonly Column[]
}

/**
 * Merge: a master row with the update rows of its key, one update link after the other. A master without any update is kept or
 * dropped; updates without a master leave by the reject link in the place of their link (IBM: Merge stage). The merged row has
 * the master's columns, and of an update those that the master lacks.
 */
export function lower(context: StageContext): StageStreams {
	const [master, ...updates] = sortedInputs(context)
	const keys = readKeys(context.stage.properties)
	if (keys.length === 0) context.refuse('it has no key')
	if (master === undefined || updates.length === 0) context.refuse(`it has ${context.inputs.length} input links`)
	if (context.inputs.some(({ stream }) => stream.schema.open))
		context.refuse('its inputs carry columns that the export does not name')
	if (master === undefined) return noStreams
	declareCollation(context)
	const drops = propertyOf(context.stage.properties, 'dropBadMasters\\keepBadMasters') === 'dropBadMasters'
	warnOfDoubt(context, updates.length, drops)
	let merged: Merged = { stream: master.stream, origins: [], marks: [] }
	for (const [index, update] of updates.entries()) {
		const isLast = index === updates.length - 1
		merged = mergeOne(context, merged, update, keys, { drops, single: updates.length === 1, isLast, number: index + 1 })
	}
	if (drops && updates.length > 1) merged = { ...merged, stream: withUpdates(context, merged) }
	return new Map([...mainStreams(context, merged), ...rejectStreams(context, master, updates, keys)])
}

/** What the documents leave open, said only where it can matter. */
function warnOfDoubt(context: StageContext, updates: number, drops: boolean): void {
	if (updates === 1) return
	const what = drops
		? `${context.stage.name} drops the masters that no update link matches; of several updates with one key the first counts`
		: `Of several updates with one key ${context.stage.name} takes the first of each link`
	const why = 'With several update links the source expects updates without duplicates, and does not tell more.'
	context.report(diagnose('expression/doubtful', context.provenance(), { what, why }))
}

interface MergeStep {
	readonly drops: boolean
	readonly single: boolean
	readonly isLast: boolean
	readonly number: number
}

function mergeOne(
	context: StageContext,
	before: Merged,
	update: StageInput,
	keys: readonly DsKey[],
	step: MergeStep,
): Merged {
	const needsMark = step.drops && !step.single
	const mark: Column = { name: freeColumn(before.stream.schema, `found_${step.number}`), type: int(8), nullable: false }
	const one = {
		column: mark,
		expression: literal(1n, mark.type),
		text: '1',
		nullable: false,
		lines: context.stage.record.lines,
	}
	const marked = needsMark
		? project(context, update.stream, [assigned(context, one, { kind: 'fail' }, { kind: 'fail' })], {
				part: `found ${step.number}`,
				passThrough: 'all',
			})
		: update.stream
	const pairs = keyPairs(context, before.stream, marked, keys)
	const { keys: matched, stream: reference } = matchKeys(context, marked, pairs, 'right')
	const taken: (TakenColumn & { readonly type: Column })[] = []
	const origins: Merged['origins'][number][] = []
	for (const source of marked.schema.columns) {
		if (pairs.some(({ right }) => right.name === source.name)) continue
		const names = taken.map(({ name }) => name)
		const name = freeColumn(before.stream.schema, source.name, names)
		const missing = source.name === mark.name ? 0n : whenMissing(context, source)
		taken.push({ name, side: 'right', column: source.name, whenMissing: missing, type: { ...source, name } })
		origins.push({ link: update.link.name, column: source.name, name })
	}
	const operator: LookupOperator = {
		...context.base(step.isLast && !needsMark ? undefined : `update ${step.number}`),
		kind: 'lookup',
		keys: matched,
		nullsEqual: false,
		// IBM: duplicates among the updates are allowed where there is one update link only; each gives a merged row.
		match: step.single ? 'all' : 'first',
		onConditionNotMet: 'continue',
		onMiss: step.drops && step.single ? 'drop' : 'continue',
		take: taken.map(({ type: _type, ...column }) => column),
		reject: {},
		missCode: 0,
		large: true,
	}
	context.flow.add(operator, { in: before.stream, reference })
	const columns = [...before.stream.schema.columns, ...taken.map(({ type }) => type)]
	return {
		stream: leaving(before.stream, operator, { columns, open: false }),
		origins: [...before.origins, ...origins],
		marks: needsMark ? [...before.marks, mark] : before.marks,
	}
}

function keyPairs(context: StageContext, left: Stream, right: Stream, keys: readonly DsKey[]) {
	return keys.flatMap(({ column, collation }) => {
		const one = findDsColumn(left.schema.columns, columnNamed(context, left, column))
		const other = findDsColumn(right.schema.columns, columnNamed(context, right, column))
		return one === undefined || other === undefined ? [] : [{ left: one, right: other, collation }]
	})
}

/** The masters that some update link matched. */
function withUpdates(context: StageContext, { stream, marks }: Merged): Stream {
	const tests = marks.map((mark) => ({
		kind: 'call' as const,
		operation: 'datastage.eq',
		args: [columnExpression(mark), literal(1n, mark.type)],
		type: boolean,
	}))
	const [first, ...others] = tests
	if (first === undefined) return stream
	const operator: FilterOperator = {
		...context.base(),
		kind: 'filter',
		condition: { expression: others.reduce(either, first), text: 'some update was found' },
		onError: { kind: 'fail' },
	}
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator)
}

function mainStreams(
	context: StageContext,
	{ stream, origins, marks }: Merged,
): readonly (readonly [string, Stream])[] {
	const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
	const find = (column: DsColumn): string | undefined => {
		const wanted = mappedName(column)
		const own = origins.find(
			({ link, column: name }) => same(link, wanted?.link ?? '') && same(name, wanted?.column ?? ''),
		)
		return own?.name ?? wanted?.column
	}
	// An update's column that the master has too is there under another name, for a mapping that names its link.
	const hidden = [
		...marks.map(({ name }) => name),
		...origins.filter(({ column, name }) => column !== name).map(({ name }) => name),
	]
	return context.outputs
		.filter(({ link }) => link.kind !== 'reject')
		.map((output) => [output.pin.id, mapOutput(context, output, stream, find, hidden)])
}

/** The updates of a link whose key no master has, whole. */
function rejectStreams(
	context: StageContext,
	master: StageInput,
	updates: readonly StageInput[],
	keys: readonly DsKey[],
): readonly (readonly [string, Stream])[] {
	const rejects: readonly StageOutput[] = context.outputs.filter(({ link }) => link.kind === 'reject')
	if (rejects.length > updates.length) context.refuse('it has more reject links than update links')
	return rejects.flatMap((output, index) => {
		const update = updates[index]
		if (update === undefined) return []
		const pairs = keyPairs(context, update.stream, master.stream, keys)
		const { keys: matched, stream: reference } = matchKeys(context, master.stream, pairs, 'right')
		const operator: LookupOperator = {
			...context.base(`reject ${index + 1}`),
			kind: 'lookup',
			keys: matched,
			nullsEqual: false,
			match: 'first',
			onConditionNotMet: 'continue',
			onMiss: 'reject',
			take: [],
			reject: {},
			missCode: 0,
			large: true,
		}
		context.flow.add(operator, { in: update.stream, reference })
		const stream = leaving(update.stream, operator, update.stream.schema, 'reject')
		return [[output.pin.id, mapOutput(context, output, stream)] as const]
	})
}
