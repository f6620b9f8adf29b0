import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import type { Routine } from '#languages/datastage-basic/routine-syntax.ts'
import { textOf } from '../columns.ts'
import type { Project } from '../project.ts'

/** Routines of the export that expressions may call, by name in lower case. */
export function routinesOf({ routines }: Project): ReadonlyMap<string, Routine> {
	const found = new Map<string, Routine>()
	for (const [name, record] of routines) {
		const source = textOf(record.values, 'Source')
		if (source.trim() !== '') found.set(name.toLowerCase().replace(/^dsu\./, ''), parseRoutine(name, source))
	}
	return found
}
