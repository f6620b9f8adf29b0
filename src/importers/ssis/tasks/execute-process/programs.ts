/** Programs of the old server whose work the new job can do, by their command lines. */
import type { Refusal } from '../../flow/parts.ts'
import type { TaskContext } from '../task-context.ts'
import { bcp } from './bcp.ts'
import { sevenZip } from './seven-zip.ts'
import { sqlcmd } from './sqlcmd.ts'
import type { Places, Step } from './steps.ts'
import { ping, timeout } from './waits.ts'
import type { Word } from './words.ts'

export type ReadsProgram = (words: readonly Word[], places: Places, context: TaskContext) => readonly Step[] | Refusal

const programs: Readonly<Record<string, ReadsProgram>> = {
	'7z': sevenZip,
	'7za': sevenZip,
	'7zg': sevenZip,
	bcp,
	osql: (words, places, context) => sqlcmd('osql', words, places, context),
	ping,
	timeout,
	sqlcmd: (words, places, context) => sqlcmd('sqlcmd', words, places, context),
}

export const programOf = (name: string): ReadsProgram | undefined =>
	Object.hasOwn(programs, name) ? programs[name] : undefined

/** The name of a program, without its folder and ending, in small letters. */
export const nameOf = (program: string): string =>
	(program.replaceAll('"', '').trim().split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '')
