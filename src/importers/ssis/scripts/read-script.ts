/** From the stored source of a script to its typed tree. */

import type { ScriptContract } from '#languages/dotnet/bind/contract.ts'
import { withOwnTypes } from '#languages/dotnet/bind/own-classes.ts'
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
	/** Connections beside those of the package, with what is known of each. */
	readonly opened: Extract<Bound, { program: unknown }>['opened']
}

export function readScript(stored: StoredScript, contract: ScriptContract): ReadScript | Refusal {
	const intents = intentsOf(stored)
	const what = `its ${stored.language === 'vb' ? 'Visual Basic' : 'C#'} script (${intents.join(', ')})`
	const read = readClasses(stored)
	if ('problem' in read) return refuse(`${what} cannot be read: ${read.problem}`)
	const main = mainClass(read.classes)
	if (main === undefined) return refuse(`${what} has no class ScriptMain`)
	const beside = read.classes.filter((one) => one !== main)
	const own = new Map(beside.map((one) => [one.name.toLowerCase(), one]))
	const bound = bindScript(stored.language, withOwnTypes(main, own), withOwnTypes(beside, own), contract)
	if ('outside' in bound) {
		const { line, file, what: construct } = bound.outside
		const place = file === undefined ? `line ${line}` : `line ${line} of ${file}`
		return refuse(`${what} does more than is understood: ${place}, ${construct}`)
	}
	return { program: { ...bound.program, intents }, differences: bound.differences, opened: bound.opened }
}

/** Classes of all files, those within others beside them, and the parts of one class together. */
function readClasses({
	language,
	text,
	others,
}: StoredScript): { classes: readonly ClassSyntax[] } | { problem: string } {
	const parse = language === 'vb' ? parseVb : parseCSharp
	const all: ClassSyntax[] = []
	for (const [index, file] of [{ name: '', text }, ...others].entries()) {
		const parsed = parse(file.text)
		if ('problem' in parsed) {
			const { line, message } = parsed.problem
			return { problem: `line ${line}${index === 0 ? '' : ` of ${file.name}`}, ${message}` }
		}
		const found = parsed.script.classes.flatMap(withInner)
		all.push(...(index === 0 ? found : found.map((one) => inFile(one, file.name))))
	}
	const byName = Map.groupBy(all, ({ name }) => (language === 'vb' ? name.toLowerCase() : name))
	return { classes: [...byName.values()].flatMap((parts) => together(parts)) }
}

const withInner = (one: ClassSyntax): readonly ClassSyntax[] => [one, ...one.classes.flatMap(withInner)]

const inFile = (one: ClassSyntax, file: string): ClassSyntax => ({
	...one,
	methods: one.methods.map((method) => ({ ...method, file })),
})

/** `partial class`: one class in several parts. */
function together([first, ...rest]: readonly ClassSyntax[]): readonly ClassSyntax[] {
	if (first === undefined) return []
	const parts = [first, ...rest]
	return [
		{
			...first,
			bases: parts.flatMap(({ bases }) => bases),
			methods: parts.flatMap(({ methods }) => methods),
			fields: parts.flatMap(({ fields }) => fields),
			others: parts.flatMap(({ others }) => others),
		},
	]
}

function mainClass(classes: readonly ClassSyntax[]): ClassSyntax | undefined {
	const [only, ...more] = classes.filter(({ values }) => values === undefined)
	return classes.find(({ name }) => name.toLowerCase() === 'scriptmain') ?? (more.length === 0 ? only : undefined)
}
