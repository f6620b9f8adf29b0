/** Wait for File: looks once a minute, until the file is there or gone, or the time is over. */
import type { WaitForFileTask } from '#model/control-flow.ts'
import { added, jsonata } from './asl.ts'
import { endings, failureState } from './endings.ts'
import { s3Object } from './s3.ts'
import type { Region } from './scope.ts'
import { keyOf, stateName } from './scope.ts'

/** Seconds between two looks. */
const pause = 60

export function waitStates(task: WaitForFileTask, next: string, region: Region): string {
	const { machine, scope } = region
	const { states } = scope
	const { done, bad } = endings(task, 'Unhandled failure encountered in', next, region)
	const key = keyOf(machine, task)
	const name = stateName(machine, task)
	const wait = machine.memory.state(`${task.name}: wait`)
	const over = machine.memory.state(`${task.name}: time over?`)
	const failed = machine.memory.state(`${task.name}: not in time`)
	const { bucket, key: object } = s3Object(task.path, machine)
	const appears = task.until === 'appears'
	const again = task.timeoutSeconds === undefined ? wait : over
	const counted = added(
		`'${key}': {'Looks': ($exists($states.input.${key}.Looks) ? $states.input.${key}.Looks : 0) + 1}`,
	)
	states.set(name, {
		Type: 'Task',
		Comment: `Waits until the file ${task.until}`,
		Resource: 'arn:aws:states:::aws-sdk:s3:headObject',
		Arguments: { Bucket: jsonata(bucket), Key: jsonata(object) },
		Output: jsonata(appears ? added(done) : counted),
		Catch: [
			{
				ErrorEquals: ['S3.NoSuchKeyException', 'S3.S3Exception'],
				Output: jsonata(appears ? counted : added(done)),
				Next: appears ? again : next,
			},
		],
		Next: appears ? next : again,
	})
	states.set(wait, { Type: 'Wait', Seconds: pause, Next: name })
	if (task.timeoutSeconds === undefined) return name
	states.set(over, {
		Type: 'Choice',
		Choices: [{ Condition: jsonata(`$states.input.${key}.Looks * ${pause} > ${task.timeoutSeconds}`), Next: failed }],
		Default: wait,
	})
	states.set(failed, failureState(task, bad, next, region))
	return name
}
