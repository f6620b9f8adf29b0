/** From the stored source of a script to its typed tree. */

import type { ScriptContract } from '#languages/dotnet/bind/contract.ts'
import type { Bound } from '#languages/dotnet/bind/program.ts'
import { bindScript } from '#languages/dotnet/bind/program.ts'
import { parseCSharp } from '#languages/dotnet/csharp/parse.ts'
import type { ClassSyntax } from '#languages/dotnet/syntax.ts'
import { parseVb } from '#languages/dotnet/vb/parse.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { intentsOf } from './intents.ts'
import type { StoredScript } from './storage.ts'

export interface ReadScript {
	readonly program: ScriptProgram
	readonly differences: Extract<Bound, { program: unknown }>['differences']
}

export function readScript(stored: StoredScript, contract: ScriptContract): ReadScript | Refusal {
	const intents = intentsOf(stored)
	const what = `its ${stored.language === 'vb' ? 'Visual Basic' : 'C#'} script (${intents.join(', ')})`
	const parsed = stored.language === 'vb' ? parseVb(stored.text) : parseCSharp(stored.text)
	if ('problem' in parsed) {
		return refuse(`${what} cannot be read: line ${parsed.problem.line}, ${parsed.problem.message}`)
	}
	const { classes } = parsed.script
	const main = mainClass(classes)
	if (main === undefined) return refuse(`${what} has no class ScriptMain`)
	const bound = bindScript(stored.language, main, contract)
	if ('outside' in bound)
		return refuse(`${what} does more than is understood: line ${bound.outside.line}, ${bound.outside.what}`)
	return { program: { ...bound.program, intents }, differences: bound.differences }
}

function mainClass(classes: readonly ClassSyntax[]): ClassSyntax | undefined {
	return (
		classes.find(({ name }) => name.toLowerCase() === 'scriptmain') ?? (classes.length === 1 ? classes[0] : undefined)
	)
}
