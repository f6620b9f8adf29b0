/**
 * External Source and External Target: a program prints rows, or takes them (IBM: External Source stage; External Target stage).
 * Programs that do no more than read or write files become sequential files; the rows of others have to be brought, or fetched.
 */
import { readingProgram, writingProgram } from '../filter-commands/program.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { outsideSource } from './connectors/outside-source.ts'
import { isInOrder } from './file-filter.ts'
import { noStreams } from './inputs.ts'
import { lowerSource } from './sequential-source.ts'
import { lowerTarget } from './sequential-target.ts'

const brought = outsideSource('what a program prints', ['source', 'sourcelist'])

/** Programs are named one by one (`Source Program`), or listed in a file that only the old server has. */
export function externalSource(context: StageContext): StageStreams {
	const pin = context.outputs.find(({ link }) => link.kind !== 'reject')?.pin
	const programs = pin === undefined ? [] : entriesOf(pin.properties, 'source').map(({ value }) => value)
	const [program, ...others] = programs
	const read = program === undefined || others.length > 0 ? undefined : readingProgram(program)
	const namesPrograms = pin !== undefined && propertyOf(pin.properties, 'sourceNameField') !== ''
	if (program === undefined || read === undefined || !isInOrder(read.steps) || namesPrograms) return brought(context)
	return lowerSource(context, { files: read.files, through: { command: program, steps: read.steps } })
}

export function externalTarget(context: StageContext): StageStreams {
	const pin = context.inputs[0]?.pin
	const programs = pin === undefined ? [] : entriesOf(pin.properties, 'destination').map(({ value }) => value)
	const [program, ...others] = programs
	const write = program === undefined || others.length > 0 ? undefined : writingProgram(program)
	if (program === undefined || write === undefined) {
		const what = program === undefined ? 'programs that a file of the old server lists' : `the program "${program}"`
		context.refuse(`it pipes rows into ${what}; write a sequential file and run the program on it`)
		return noStreams
	}
	const { file, appends, steps } = write
	return lowerTarget(context, {
		path: file,
		mode: appends ? 'append' : 'overwrite',
		through: { command: program, steps },
	})
}
