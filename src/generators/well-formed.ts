/** E1: a script parses, lints clean, has no undefined name, uses columns that exist, and reaches nothing it must not. */
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import type { DataFlow, Operator } from '#model/operators.ts'
import { removedSecret } from '#model/redact.ts'
import type { Artifact } from './artifact.ts'
import { installedModules, standardModules } from './glue/imports.ts'
import type { ScriptProblem } from './ruff.ts'
import { checkScript } from './ruff.ts'
import { tokens } from './text/python-tokens.ts'

const modules: ReadonlySet<string> = new Set(
	[...standardModules, ...installedModules].map((name) => name.split('.')[0] ?? name),
)
const calls: ReadonlySet<string> = new Set([
	'eval',
	'exec',
	'compile',
	'__import__',
	'open',
	'input',
	'globals',
	'getattr',
	'setattr',
	'delattr',
	'breakpoint',
])
const members: ReadonlySet<string> = new Set(['rdd', 'toPandas', 'sparkContext.parallelize', 'system', 'popen'])

export interface FormProblem extends ScriptProblem {
	readonly path: string
}

/** Problems of a job's scripts, none when E1 holds. Formatting that ruff would change is one too. */
export function wellFormed(job: Job, scripts: readonly Artifact[]): readonly FormProblem[] {
	const found = scripts.flatMap(({ path, text }) => {
		const { formatted, problems } = checkScript(text)
		const layout = formatted === text ? [] : [{ code: 'format', message: 'the script is not formatted', line: 1 }]
		return [...problems, ...layout, ...forbidden(text), ...removed(text)].map((problem) => ({ ...problem, path }))
	})
	const path = scripts[0]?.path ?? ''
	return [...found, ...job.flows.flatMap(missingColumns).map((message) => ({ code: 'column', message, line: 1, path }))]
}

/** Texts that mean something else now, because a secret was taken out of them. */
function removed(script: string): readonly ScriptProblem[] {
	const message = 'a secret stood here and was removed: give it to the job as a connection or a secret parameter'
	return script
		.split('\n')
		.flatMap((text, index) => (text.includes(removedSecret) ? [{ code: 'secret', message, line: index + 1 }] : []))
}

/** Imports and calls that are not on the lists. */
export function forbidden(script: string): readonly ScriptProblem[] {
	const problems: ScriptProblem[] = []
	const all = tokens(script)
	for (const [index, { text, line }] of all.entries()) {
		const previous = all[index - 1]
		const next = all[index + 1]
		const starts = previous === undefined || previous.endLine < line
		if (starts && (text === 'import' || text === 'from') && next !== undefined && !modules.has(next.text)) {
			problems.push({ code: 'import', message: `the module ${next.text} is not on the list of modules`, line })
		}
		if (previous?.text === '.' && members.has(text))
			problems.push({ code: 'call', message: `${text} is not allowed`, line })
		if (previous?.text !== '.' && previous?.text !== 'def' && calls.has(text))
			problems.push({ code: 'call', message: `${text} is not allowed`, line })
	}
	return problems
}

/** Columns that an operator reads although no input has them. */
function missingColumns(flow: DataFlow): readonly string[] {
	return flow.operators.flatMap((operator) => {
		const inputs = flow.links.filter(({ to }) => to.operator === operator.id)
		if (inputs.some(({ schema }) => schema.open)) return []
		const known = new Set(inputs.flatMap(({ schema }) => schema.columns.map(({ name }) => name)))
		for (const name of ownNames(operator)) known.add(name)
		return expressionsOf(operator)
			.flatMap(columnsRead)
			.filter((name) => !known.has(name))
			.map((name) => `${operator.name} reads the column ${name}, which no input has`)
	})
}

function expressionsOf(operator: Operator): readonly Expression[] {
	switch (operator.kind) {
		case 'project':
			return operator.columns.map(({ value }) => value.expression)
		case 'filter':
			return [operator.condition.expression]
		case 'route':
			return operator.routes.flatMap(({ condition }) => condition?.expression ?? [])
		case 'lookup':
			return operator.condition === undefined ? [] : [operator.condition.expression]
		case 'stateful':
			return operator.variables.map(({ value }) => value.expression)
		default:
			return []
	}
}

/** Names that an operator derives for its own expressions. */
function ownNames(operator: Operator): readonly string[] {
	if (operator.kind === 'stateful') return operator.variables.map(({ name }) => name)
	return operator.kind === 'project' && operator.evaluation === 'in-turn'
		? operator.columns.map(({ name }) => name)
		: []
}
