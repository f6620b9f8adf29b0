/**
 * The filter command of a sequential file (IBM: Sequential File stage, Filter): each file that is read goes through it first, and
 * what is written goes through it on its way to the file.
 */
import type { Expression } from '#model/expressions.ts'
import type { FilterOperator, SampleOperator } from '#model/operators.ts'
import type { TextFileTarget, TextLayout } from '#model/places.ts'
import { boolean, text } from '#model/types.ts'
import { columnExpression, textLiteral } from '../expressions.ts'
import type { FilterStep } from '../filter-commands/command.ts'
import { filterSteps } from '../filter-commands/command.ts'
import type { Stream } from '../flow.ts'
import { propertyOf } from '../keys.ts'
import type { StageContext } from '../stage-context.ts'
import type { Pin } from '../structure.ts'
import { leaving } from './inputs.ts'

/** A command and what is understood of it. */
export interface FileFilter {
	/** As the export has it; empty where there is none. */
	readonly command: string
	readonly steps: readonly FilterStep[] | undefined
}

export const unfiltered: FileFilter = { command: '', steps: [] }

/** The filter command of a sequential file. */
export function filterOf({ properties }: Pin): FileFilter {
	const command = propertyOf(properties, 'filter').trim()
	return command === '' ? unfiltered : { command, steps: filterSteps(command) }
}

/** What the command does to the lines of each file; refuses the stage where it does more than is understood. */
export function readFilter(
	context: StageContext,
	{ command, steps }: FileFilter,
	files: readonly string[],
	layout: TextLayout,
): readonly FilterStep[] {
	if (steps === undefined || !isReadable(steps, layout)) {
		context.refuse(`it reads what the filter command "${command}" gives; ${advice}`)
		return []
	}
	const isCut = steps.some(({ kind }) => kind === 'skip' || kind === 'head')
	if (isCut && (files.length !== 1 || /[*?]/.test(files[0] ?? '')))
		context.refuse(`its filter command "${command}" counts lines, and whether those of each file is not documented`)
	for (const step of steps) {
		const missed = step.kind === 'unpack' && files.find((file) => !file.endsWith(step.ending))
		if (typeof missed === 'string') context.differ('RG-D162', `${missed} goes through ${command}.`)
		if (step.kind === 'keep') context.differ('RG-D163', `${context.stage.name} goes through ${command}.`)
		if (step.kind === 'head') context.differ('RG-D134', `${context.stage.name} goes through ${command}.`)
	}
	return steps
}

const advice = 'write what it does as a step of the script'

/** Steps in the order in which lines that are read can follow them: unpacked first, then what is skipped, then the rest. */
export function isInOrder(steps: readonly FilterStep[]): boolean {
	const order = steps.map(({ kind }) => ranks[kind])
	if (order.includes(ranks.pack) || order.filter((rank) => rank === ranks.unpack).length > 1) return false
	return order.every((rank, at) => rank >= (order[at - 1] ?? 0))
}

const ranks = { unpack: 0, skip: 1, keep: 2, head: 2, pack: 3 } as const

function isReadable(steps: readonly FilterStep[], layout: TextLayout): boolean {
	if (!isInOrder(steps)) return false
	const hasKept = steps.some(({ kind }) => kind === 'keep')
	const cutsLines = steps.some(({ kind }) => kind !== 'unpack')
	// A line of column names is the first that is left, whichever that is.
	if (layout.header && hasKept) return false
	const ends = hasKept ? ['\n'] : ['\n', '\r\n']
	return !cutsLines || ends.includes(layout.recordDelimiter)
}

export const skippedLines = (steps: readonly FilterStep[]): number =>
	steps.reduce((sum, step) => (step.kind === 'skip' ? sum + step.lines : sum), 0)

/** The records that the command lets through, by their whole text. */
export function filterLines(
	context: StageContext,
	read: Stream,
	{
		steps,
		record,
		layout,
	}: { readonly steps: readonly FilterStep[]; readonly record: string; readonly layout: TextLayout },
): Stream {
	return steps.reduce((stream, step, at) => {
		const part = `line filter ${at + 1} of ${read.from.operator} ${read.from.port}`
		if (step.kind === 'keep') return keptLines(context, stream, { ...step, record, part })
		// Records that are none of the file's are not counted.
		if (step.kind !== 'head' || read.from.port === 'reject') return stream
		const rows = Math.max(0, step.lines - (layout.header ? 1 : 0))
		const operator: SampleOperator = { ...context.base(part), kind: 'sample', how: 'head', skip: 0, rows }
		context.flow.add(operator, { in: stream })
		return leaving(stream, operator)
	}, read)
}

interface KeptLines {
	readonly pattern: string
	readonly inverted: boolean
	/** Column of the line. */
	readonly record: string
	readonly part: string
}

function keptLines(context: StageContext, stream: Stream, { pattern, inverted, record, part }: KeptLines): Stream {
	const args = [columnExpression({ name: record, type: text() }), textLiteral(pattern)]
	const found: Expression = { kind: 'call', operation: 'datastage.regex-contains', args, type: boolean }
	const expression: Expression = inverted
		? { kind: 'call', operation: 'shared.not', args: [found], type: boolean }
		: found
	const operator: FilterOperator = {
		...context.base(part),
		kind: 'filter',
		condition: { expression, text: `the line ${inverted ? 'does not match' : 'matches'} ${pattern}` },
		onError: { kind: 'fail' },
	}
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator)
}

/** How the file is packed by the command that writes it. */
export function writtenCompression(
	context: StageContext,
	{ command, steps }: FileFilter,
): TextFileTarget['compression'] {
	if (steps?.every(({ kind }) => kind === 'pack') !== true || steps.length > 1)
		context.refuse(`it writes what the filter command "${command}" gives; ${advice}`)
	return steps?.length === 1 ? 'gzip' : undefined
}
