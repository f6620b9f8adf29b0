import type { FileTask, LoopTask } from '#model/control-flow.ts'
import type { LoopOver } from '#model/loops.ts'
import { text } from '#model/types.ts'
import type { TaskContext } from './task-context.ts'
import { placeOf, type taskBase } from './task-context.ts'

type Files = Pick<Extract<LoopOver, { kind: 'files' }>, 'folder' | 'pattern' | 'needsFile'>
type Work = Omit<FileTask, keyof ReturnType<typeof taskBase> | 'kind' | 'source'>

/** A loop that does the same with each file of a folder whose name fits. A variable of its own holds the path. */
export function eachFile(
	{ executable, collected, scope }: TaskContext,
	base: ReturnType<typeof taskBase>,
	files: Files,
	work: Work,
): LoopTask {
	const type = text()
	const variable = `User::${base.name} file`
	const provenance = placeOf({ executable, scope })
	const initial = { kind: 'literal', value: '', type } as const
	collected.variables.push({ name: variable, scope: executable.refId, type, initial, provenance })
	const task: FileTask = {
		...base,
		id: `${base.id}\\file`,
		name: `${base.name}, one file`,
		disabled: false,
		kind: 'file-operation',
		source: { expression: { kind: 'variable', name: variable, type }, text: `@[${variable}]` },
		...work,
	}
	return {
		...base,
		kind: 'loop',
		over: { kind: 'files', ...files, recurse: false, retrieve: 'path', bindings: [{ index: 0, variable }] },
		body: { tasks: [task], precedences: [], joins: [] },
	}
}
