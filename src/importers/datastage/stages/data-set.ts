/** Data Set, File Set and Lookup File Set: rows that one job leaves for another. */
import type { DistinctOperator, WriteOperator } from '#model/operators.ts'
import type { DataSetFlavour, DataSetTarget } from '#model/places.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { columnNamed } from '../mapping.ts'
import { parameterised } from '../paths.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { addRead } from './connectors/read.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

interface Kind {
	readonly flavour: DataSetFlavour
	/** Properties that hold the path, the first that is set. */
	readonly path: readonly string[]
	readonly mode: readonly string[]
}

const kinds: Readonly<Record<string, Kind>> = {
	PxDataSet: { flavour: 'data-set', path: ['dataset'], mode: ['datasetmode'] },
	PxFileSet: {
		flavour: 'file-set',
		path: ['fileset', 'fileset '],
		mode: ['filesetmode', 'create\\overwrite', 'create\\replace\\discard_records\\discard_schema_and_records'],
	},
	PxLookupFileSet: { flavour: 'lookup-file-set', path: ['lookupfileset', 'fileset', 'save'], mode: [] },
}

export function lower(context: StageContext): StageStreams {
	const kind = kinds[context.stage.type]
	if (kind === undefined) throw new Error(`${context.stage.type} is no data set`)
	if (context.inputs.length > 0) {
		if (context.outputs.length > 0) context.refuse('it writes rows and gives others on')
		write(context, kind)
		return noStreams
	}
	const [output, ...others] = context.outputs
	if (output === undefined || others.length > 0) {
		context.refuse(`it has ${context.outputs.length} output links`)
		return noStreams
	}
	const missing = propertyOf(output.pin.properties, 'missingcolmode')
	if (missing !== '') context.refuse(`columns that it lacks are treated by the mode ${missing}`)
	const path = pathOf(context, output.pin.properties, kind)
	const source = {
		kind: 'data-set',
		path: parameterised(context, path, output.pin.record.lines),
		flavour: kind.flavour,
	} as const
	return new Map([[output.pin.id, addRead(context, output, source, undefined)]])
}

function pathOf(context: StageContext, properties: ReadonlyMap<string, string>, { path }: Kind): string {
	const found = path.map((name) => propertyOf(properties, name)).find((value) => value !== '')
	if (found === undefined) context.refuse('it names no file')
	return found ?? ''
}

function write(context: StageContext, kind: Kind): void {
	const only = onlyInput(context)
	if (only === undefined) return
	const { properties, record } = only.input.pin
	const path = parameterised(context, pathOf(context, properties, kind), record.lines)
	const stream = kind.flavour === 'lookup-file-set' ? firstOfKey(context, only.stream, properties) : only.stream
	const mode = kind.mode.map((name) => propertyOf(properties, name)).find((value) => value !== '') ?? ''
	const operator: WriteOperator = {
		...context.base(),
		kind: 'write',
		target: { kind: 'data-set', path, flavour: kind.flavour, mode: modeOf(mode) },
		schema: stream.schema,
	}
	context.flow.add(operator, { in: stream })
}

/**
 * Redirections as the engine's script language writes them: `>> [ds` appends, `> [ds` must not exist, `>| [ds` overwrites. "Use
 * existing" (`> [ds; -dr`, or with the schema `-dsr`) discards the rows that are there, which is the same to every reader.
 */
function modeOf(written: string): DataSetTarget['mode'] {
	if (written.startsWith('>>') || written === 'append') return 'append'
	if (/^>\s*\[ds;\s*-ds?r$/.test(written)) return 'overwrite'
	return (written.startsWith('>') && !written.startsWith('>|')) || written === 'create' ? 'create' : 'overwrite'
}

/** IBM: Lookup File Set stage, Allow Duplicates: without it later rows of a key are dropped. */
function firstOfKey(
	context: StageContext,
	stream: ReturnType<typeof leaving>,
	properties: ReadonlyMap<string, string>,
): ReturnType<typeof leaving> {
	if (propertyOf(properties, 'allow_dups') !== '') return stream
	const ranges = ['keyLow', 'keyHigh', 'keyOrdered'].filter((name) => propertyOf(properties, name) !== '')
	if (ranges.length > 0) context.refuse(`it drops rows whose ranges are equal (${ranges.join(', ')})`)
	const keys = readKeys(properties).map(({ column, collation }) => ({
		column: columnNamed(context, stream, column),
		collation,
	}))
	if (keys.length === 0) return stream
	const operator: DistinctOperator = { ...context.base('keys'), kind: 'distinct', keys, keep: 'first' }
	context.flow.add(operator, { in: stream })
	return leaving(stream, operator)
}
