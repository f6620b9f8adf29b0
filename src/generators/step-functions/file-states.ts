/** Operations on files, as calls of S3. */
import type { FileTask } from '#model/control-flow.ts'
import type { Json, TaskState } from './asl.ts'
import { added, jsonata } from './asl.ts'
import { endings } from './endings.ts'
import type { S3Object } from './s3.ts'
import { s3Object } from './s3.ts'
import type { Region } from './scope.ts'
import { keyOf, stateName } from './scope.ts'

const resource = (call: string): string => `arn:aws:states:::aws-sdk:s3:${call}`

/** A step of an operation: the first has the activity's name, those behind it a name that says what they do. */
interface Step {
	readonly call: 'headObject' | 'copyObject' | 'deleteObject' | 'putObject' | 'listObjectsV2'
	readonly what: string
	readonly arguments: Json
	/** What it leaves behind; absent: nothing. */
	readonly output?: string
}

export function fileStates(task: FileTask, next: string, region: Region): string {
	const { machine, scope } = region
	const { done, catchers } = endings(task, 'Unhandled failure encountered in', next, region)
	const steps = stepsOf(task, region)
	const names = steps.map((step, index) =>
		index === 0 ? stateName(machine, task) : machine.memory.state(`${task.name}: ${step.what}`),
	)
	for (const [index, step] of steps.entries()) {
		const following = names[index + 1]
		const state: TaskState = {
			Type: 'Task',
			Comment: step.what,
			Resource: resource(step.call),
			Arguments: step.arguments,
			Output: following === undefined ? jsonata(added(done)) : jsonata(step.output ?? '$states.input'),
			...(catchers.length === 0 ? {} : { Catch: catchers }),
			Next: following ?? next,
		}
		scope.states.set(names[index] ?? '', state)
	}
	return names[0] ?? keyOf(machine, task)
}

function stepsOf(task: FileTask, { machine }: Region): readonly Step[] {
	const source = s3Object(task.source, machine)
	const from = { Bucket: jsonata(source.bucket), Key: jsonata(source.key) }
	const remove: Step = { call: 'deleteObject', what: 'remove the file', arguments: from }
	// S3 does not complain of an object that is not there.
	if (task.operation === 'delete-file')
		return task.mayBeAbsent === true
			? [remove]
			: [{ call: 'headObject', what: 'is the file there?', arguments: from }, remove]
	if (task.operation === 'create-folder') {
		const folder = `$replace(${source.key}, /[/]+$/, '') & '/'`
		const place = { Bucket: jsonata(source.bucket), Key: jsonata(folder) }
		return [{ call: 'putObject', what: 'make the folder', arguments: place }]
	}
	if (task.destination === undefined || (task.operation !== 'copy-file' && task.operation !== 'move-file'))
		throw new Error(`a state machine has no states for ${task.operation}`)
	const target = s3Object(task.destination, machine)
	const key = keyOf(machine, task)
	const name = `$replace(${source.key}, /^.*[/]/, '')`
	const into = `$replace(${target.key}, /[/]+$/, '') & '/' & ${name}`
	const place =
		task.mayBeFolder === true
			? `($states.input.${key}.Folder ? ${into} : ${target.key})`
			: task.intoFolder
				? into
				: target.key
	const copy: Step = {
		call: 'copyObject',
		what: 'copy the file',
		arguments: { CopySource: jsonata(source.copySource), Bucket: jsonata(target.bucket), Key: jsonata(place) },
	}
	const steps = task.operation === 'copy-file' ? [copy] : [copy, { ...remove, what: 'remove the source' }]
	return task.mayBeFolder === true ? [lookForFolder(target, key), ...steps] : steps
}

/** In S3 a path is a folder when its name ends with a slash, or when something is below it. */
function lookForFolder(target: S3Object, key: string): Step {
	const below = `$replace(${target.key}, /[/]+$/, '') & '/'`
	const found = `$substring(${target.path}, -1) = '/' or $states.result.KeyCount > 0`
	return {
		call: 'listObjectsV2',
		what: 'is the destination a folder?',
		arguments: { Bucket: jsonata(target.bucket), Prefix: jsonata(below), MaxKeys: 1 },
		output: added(`'${key}': {'Folder': ${found}}`),
	}
}
