/** Texts for parameters: those that make the conditions of a sequence come true, and places that files may have. */
import type { ControlFlow } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Expression } from '#model/expressions.ts'
import { children, visit } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'

/** Constants that stand beside a parameter in some expression, by the parameter's name. */
export const candidateTexts = (job: Job): ReadonlyMap<string, readonly string[]> =>
	beside(job, (part) => (part.kind === 'parameter' ? part.name : undefined))

/** Constants that the user status of a job is compared with, by the id of the task that runs it. */
export function candidateStatuses(job: Job): ReadonlyMap<string, readonly string[]> {
	const owners = new Map(
		allTasks(job.control).flatMap((task) =>
			task.kind === 'run-job'
				? (task.outputs ?? []).flatMap(({ what, variable }) =>
						what === 'user-status' ? [[variable, task.id] as const] : [],
					)
				: [],
		),
	)
	return beside(job, (part) => (part.kind === 'variable' ? owners.get(part.name) : undefined))
}

/** Constants that stand in some expression beside a part that has a name. */
function beside(job: Job, nameOf: (part: Expression) => string | undefined): ReadonlyMap<string, readonly string[]> {
	const found = new Map<string, Set<string>>()
	for (const expression of expressionsOf(job.control)) {
		visit(expression, (part) => {
			const parts = children(part)
			const constants = parts.flatMap((one) => constant(one) ?? [])
			if (constants.length === 0) return
			for (const other of parts) {
				visit(other, (inner) => {
					const name = nameOf(inner)
					if (name === undefined) return
					const known = found.get(name) ?? new Set()
					for (const text of constants) known.add(text)
					found.set(name, known)
				})
			}
		})
	}
	return new Map([...found].map(([name, texts]) => [name, [...texts].flatMap(neighbours).slice(0, 30)]))
}

/** The constant itself, and what lies beside it: one more, one less, another text. */
function neighbours(text: string): readonly string[] {
	const number = Number(text)
	return text.trim() === '' || !Number.isInteger(number)
		? [text, `not ${text}`]
		: [text, String(number + 1), String(number - 1)]
}

function constant(expression: Expression): string | undefined {
	if (expression.kind !== 'literal' || expression.value === null || typeof expression.value === 'object')
		return undefined
	return String(expression.value)
}

function expressionsOf(control: ControlFlow): readonly Expression[] {
	const found: Expression[] = []
	const walk = (part: unknown): void => {
		if (typeof part !== 'object' || part === null) return
		if ('expression' in part && 'text' in part) found.push(part.expression as Expression)
		else for (const value of Object.values(part)) walk(value)
	}
	walk(control)
	return found
}

/** Parameters with which the path of a file begins: they hold the place, which is in S3 now. */
export function placeParameters(job: Job): ReadonlySet<string> {
	const tasks = allTasks(job.control)
	const assigned = new Map(
		tasks.flatMap((task) =>
			task.kind === 'assign'
				? task.assignments.map(({ variable, value }) => [variable, value.expression] as const)
				: [],
		),
	)
	const paths = tasks.flatMap((task): readonly Expression[] => {
		if (task.kind === 'wait-for-file' || task.kind === 'read-file') return [task.path.expression]
		if (task.kind === 'files')
			return [...task.pattern.slice(0, 1), ...(task.destination === undefined ? [] : [task.destination])].map(
				({ expression }) => expression,
			)
		if (task.kind !== 'file-operation') return []
		return [task.source.expression, ...(task.destination === undefined ? [] : [task.destination.expression])]
	})
	return new Set(paths.flatMap((path) => beginning(path, assigned, 0) ?? []))
}

function beginning(
	expression: Expression,
	assigned: ReadonlyMap<string, Expression>,
	depth: number,
): string | undefined {
	if (expression.kind === 'parameter') return expression.name
	if (expression.kind === 'cast') return beginning(expression.operand, assigned, depth)
	const next = expression.kind === 'variable' ? assigned.get(expression.name) : children(expression)[0]
	return next === undefined || depth > 20 ? undefined : beginning(next, assigned, depth + 1)
}
