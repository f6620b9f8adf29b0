/** Paths that scripts spell themselves: a script uses them as they stand, below the places that the config maps. */

import { scriptOperation } from '#languages/dotnet/catalogue.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { Provenance } from '#model/provenance.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import { visitProgram, visitScriptExpression } from '#model/scripts.ts'
import { relocate } from './places.ts'

interface JobScript {
	readonly name: string
	readonly program: ScriptProgram
	readonly provenance: Provenance
}

/** One for each path of the old machine that a script of the job works on and nobody has mapped. */
export function unmappedScriptPaths(job: Job, paths: Readonly<Record<string, string>>): readonly Diagnostic[] {
	return scriptsOf(job).flatMap(({ name, program, provenance }) =>
		legacyPaths(program)
			.filter((path) => relocate(path, paths) === undefined)
			.map((path) =>
				diagnose('place/in-script', provenance, {
					what: `The script of ${name} works on ${path}, which has no new place.`,
					why: 'A script spells its paths itself, and no prefix in `paths` of the config names this one.',
				}),
			),
	)
}

const scriptsOf = (job: Job): readonly JobScript[] => [
	...job.flows.flatMap(({ operators }) => operators.flatMap((one) => (one.kind === 'script' ? [one] : []))),
	...allTasks(job.control).flatMap((one) => (one.kind === 'script' ? [one] : [])),
]

/** Drives and shares of Windows; what is put together at run time is told by its beginning. */
const isAbsolute = (text: string): boolean => /^(?:[a-z]:[\\/]|\\\\[^\\])/i.test(text)

function legacyPaths(program: ScriptProgram): readonly string[] {
	const found = new Set<string>()
	visitProgram(program, (part) => {
		if (part.kind !== 'call') return
		for (const at of scriptOperation(part.operation).paths ?? []) {
			const argument = part.args[at]
			if (argument === undefined) continue
			visitScriptExpression(argument, (inner) => {
				if (inner.kind === 'literal' && typeof inner.value === 'string' && isAbsolute(inner.value))
					found.add(inner.value)
			})
		}
	})
	return [...found]
}
