/** What a loop goes over, pass by pass. */
import type { LoopTask } from '#model/control-flow.ts'
import { decodeValue, WireError } from '#model/json-values.ts'
import type { Assignment, LoopOver } from '#model/loops.ts'
import type { Row, Value } from '#model/values.ts'
import type { JobRun } from './job-run.ts'
import { computed, computedText } from './job-run.ts'
import { stop, stopTooLarge } from './stop.ts'

/** A pass that a reader of the source would call endless. */
const mostPasses = 1000

/**
 * Sets the variables of each pass, then yields. What is gone over is fixed at the start; the condition of a For loop and its
 * assignments are computed pass by pass.
 */
export function* passes(task: LoopTask, run: JobRun): Generator<number> {
	const { over } = task
	if (over.kind === 'condition') {
		yield* whileTrue(task, over, run)
		return
	}
	for (const [index, item] of items(task, over, run).entries()) {
		for (const [variable, value] of item) run.variables.set(variable, value)
		yield index
	}
}

type Item = readonly (readonly [variable: string, value: Value])[]

function items(task: LoopTask, over: Exclude<LoopOver, { kind: 'condition' }>, run: JobRun): readonly Item[] {
	switch (over.kind) {
		case 'counter':
			return counted(task, over, run).map((value) => [[over.variable, value]])
		case 'list': {
			const text = computedText(over.values, task.id, run)
			return text === '' ? [] : text.split(over.delimiter).map((value) => [[over.variable, value]])
		}
		case 'files': {
			const fits = filePattern(computedText(over.pattern, task.id, run))
			const found = (run.files.get(task.id) ?? []).filter((path) => fits.test(nameOf(path))).toSorted(byPlace)
			if (over.needsFile === true && found.length === 0) return stop(task.id, `no file fits ${over.pattern.text}`)
			return found.map((path) => over.bindings.map(({ variable }) => [variable, shownAs(path, over.retrieve)]))
		}
		case 'items':
			return over.rows.map((row) => bound(over.bindings, row, task))
		case 'rows': {
			const rows = run.rowSets.get(over.variable)
			if (rows === undefined) return stop(task.id, `the variable ${over.variable} holds no rows`)
			const read = (row: Row): Item =>
				bound(over.bindings, Object.values(row), task).map(([name, value]) => [name, typed(name, value, task, run)])
			return rows.map(read)
		}
	}
}

function bound(
	bindings: readonly { readonly index: number; readonly variable: string }[],
	values: readonly Value[],
	task: LoopTask,
): Item {
	return bindings.map(({ index, variable }) => {
		const value = values[index]
		if (value === undefined) return stop(task.id, `an item has no value ${index}`)
		return [variable, value] as const
	})
}

/** A text out of a table that a script has made, as the variable holds it. */
function typed(variable: string, value: Value, task: LoopTask, { job }: JobRun): Value {
	const type = job.variables.find(({ name }) => name === variable)?.type
	if (typeof value !== 'string' || type === undefined || type.kind === 'string') return value
	if (type.kind === 'boolean') return /^(?:1|t|true)$/i.test(value)
	try {
		return decodeValue(value, type)
	} catch (error) {
		if (error instanceof WireError) return stop(task.id, error.message)
		throw error
	}
}

function counted(task: LoopTask, over: Extract<LoopOver, { kind: 'counter' }>, run: JobRun): readonly bigint[] {
	const [from, to, step] = [over.from, over.to, over.step].map((one) => computed(one, task.id, run))
	if (typeof from !== 'bigint' || typeof to !== 'bigint' || typeof step !== 'bigint' || step === 0n) {
		return stop(task.id, 'the bounds and the step of a counter must be whole numbers, the step not zero')
	}
	const values: bigint[] = []
	for (let value = from; step > 0n ? value <= to : value >= to; value += step) values.push(value)
	return values
}

function* whileTrue(
	task: LoopTask,
	{ initial, while: condition, step }: Extract<LoopOver, { kind: 'condition' }>,
	run: JobRun,
): Generator<number> {
	assign(task.id, initial, run)
	for (let index = 0; computed(condition, task.id, run) === true; index += 1) {
		if (index >= mostPasses) stopTooLarge(task.id, `the loop did not end within ${mostPasses} passes`)
		yield index
		assign(task.id, step, run)
	}
}

export function assign(owner: string, assignment: Assignment | undefined, run: JobRun): void {
	if (assignment !== undefined) run.variables.set(assignment.variable, computed(assignment.value, owner, run))
}

/** `*` and `?` as Windows has them: `*.*` fits names without a dot too. Letter case makes no difference. */
function filePattern(pattern: string): RegExp {
	const plain = pattern === '' || pattern === '*.*' ? '*' : pattern
	const body = plain
		.replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
		.replaceAll('*', '.*')
		.replaceAll('?', '.')
	return new RegExp(`^${body}$`, 'is')
}

/** As NTFS lists them: by name whatever the letter case, and a folder's own files before those of folders in it. */
function byPlace(left: string, right: string): number {
	const [one, other] = [left, right].map((path) => [folderOf(path), nameOf(path).toLowerCase()] as const)
	if (one === undefined || other === undefined || left === right) return 0
	const index = one[0] === other[0] ? 1 : 0
	return one[index] < other[index] ? -1 : 1
}

const folderOf = (path: string): string => path.slice(0, path.length - nameOf(path).length).toLowerCase()

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

function shownAs(path: string, retrieve: 'path' | 'name-and-extension' | 'name'): string {
	if (retrieve === 'path') return path
	const name = nameOf(path)
	return retrieve === 'name' ? name.replace(/(?<=.)\.[^.]*$/, '') : name
}
