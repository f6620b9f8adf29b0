/**
 * Complex Flat File: records of COBOL fields, which its output links choose columns of (IBM: Complex Flat File stage). Only flows of
 * the next generation tell where the fields stand; exports of other kinds keep them in a form that is not documented.
 */
import type { TextLayout } from '#model/places.ts'
import { propertyOf } from '../../keys.ts'
import type { StageContext, StageOutput, StageStreams } from '../../stage-context.ts'
import { outsideSource } from '../connectors/outside-source.ts'
import { filterOf } from '../file-filter.ts'
import { noStreams } from '../inputs.ts'
import { lowerFiles, rejectMode } from '../sequential-source.ts'
import { columnFormats } from './columns.ts'
import { routed } from './outputs.ts'
import { readPlan } from './plan.ts'
import { readRecords } from './records.ts'

export function lower(context: StageContext): StageStreams {
	const records = readRecords(context)
	if (records.length === 0) return outsideSource('records that follow a COBOL copybook', ['file '])(context)
	if (context.stage.inputs.length > 0) {
		context.refuse('it writes COBOL records')
		return noStreams
	}
	const links = context.outputs.filter(({ link }) => link.kind !== 'reject')
	const rejects = context.outputs.find(({ link }) => link.kind === 'reject')
	const [main] = links
	if (main === undefined) {
		context.refuse('it has no output link for its rows')
		return noStreams
	}
	refuseOptions(context)
	const plan = readPlan(context, records, links)
	const { encoding } = plan
	if (rejects !== undefined && encoding.charset !== 'UTF-8') context.refuse('its reject link gets records of EBCDIC')
	const mode = rejectMode(context, propertyOf(context.stage.properties, 'rejects'))
	const layout: TextLayout = {
		delimiter: '',
		recordDelimiter: recordEnd(context, plan.isBinary),
		header: false,
		encoding: 'iso-8859-1',
		fields: plan.pieces.places.map(({ width }) => ({ kind: 'width', width })),
	}
	const format = { layout, columns: columnFormats(context, plan), undelimited: false, places: plan.pieces.places }
	const all: StageOutput = { ...main, pin: { ...main.pin, properties: context.stage.properties } }
	const streams = lowerFiles(context, all, rejects, mode, format, {
		files: filesOf(context),
		through: filterOf(all.pin),
	})
	const rows = streams.get(main.pin.id)
	if (rows === undefined) return noStreams
	const rejected = rejects && streams.get(rejects.pin.id)
	return new Map([
		...routed(context, links, rows, plan),
		...(rejects === undefined || rejected === undefined ? [] : [[rejects.pin.id, rejected] as const]),
	])
}

/** What changes the records that are read, and that nothing stands for. Other settings are those of the old engine's processes. */
const refused: Readonly<Record<string, string>> = {
	filter: 'it passes its data through a filter command',
	record_prefix: 'its records begin with their length',
	chardefault: 'it has a default for texts',
	intdefault: 'it has a default for whole numbers',
	decdefault: 'it has a default for decimals',
	connect_to_zos: 'it takes its file from z/OS',
}

function refuseOptions(context: StageContext): void {
	const told = (name: string): string => propertyOf(context.stage.properties, name)
	for (const [name, reason] of Object.entries(refused)) if (told(name) !== '') context.refuse(reason)
	if (told('missingFile') === 'okay') context.refuse('a missing file counts as an empty one (Missing File Mode OK)')
	const type = told('recordtype') || 'F'
	if (type !== 'F' && type !== 'FB') context.refuse(`its records have the type ${type}`)
}

/** A file may be named by a pattern. */
function filesOf(context: StageContext): readonly string[] {
	const { properties } = context.stage
	const selection = propertyOf(properties, 'selection') || 'singlefile'
	const file = propertyOf(properties, 'filename')
	if (selection !== 'singlefile' && selection !== 'filepattern') context.refuse(`it reads files by ${selection}`)
	if (selection === 'filepattern' && /[{}~$!]/.test(file))
		context.refuse(`the pattern ${file} means something else to the shell than to Spark`)
	if (selection === 'singlefile' && /[*?]/.test(file)) context.refuse(`its file name ${file} is a pattern`)
	return file === '' ? [] : [file]
}

/** Among the bytes of numbers may be one that looks like the end of a line. */
function recordEnd(context: StageContext, isBinary: boolean): string {
	const written = propertyOf(context.stage.properties, 'recorddelimiter')
	if (written === '') return ''
	if (written !== 'newline') context.refuse(`its records are delimited by "${written}"`)
	if (isBinary) context.refuse('its records hold bytes among which a line break may be, and end with one')
	return '\n'
}
