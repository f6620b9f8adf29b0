/**
 * The user status of a job: a text that the job leaves in an object of S3 whose place the machine gives it, one for each run, and
 * that the machine reads when the job has ended. DataStage gives the empty text for a job that set none (IBM: DSGetJobInfo).
 */
import { literalText } from '#languages/jsonata/text.ts'
import type { ControlFlow, RunJobTask } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import { userStatusArgument } from '../glue/plan/arguments.ts'
import type { Json } from './asl.ts'
import { added, jsonata } from './asl.ts'
import type { ChildJob, Children } from './children.ts'
import { reads } from './reads.ts'
import { bucketOf, objectKeyOf } from './s3.ts'
import type { Machine, Region } from './scope.ts'
import { keyOf } from './scope.ts'

/** Variable of the template and of the machine: the folder for the statuses of all runs. */
export const statusFolder = { placeholder: `\${${userStatusArgument}}`, variable: 'userStatus' } as const

/** The variable that takes the status, where an expression reads it. */
export function statusRead(task: RunJobTask, { job }: Pick<Machine, 'job'>): string | undefined {
	const output = (task.outputs ?? []).find(({ what }) => what === 'user-status')
	return output !== undefined && reads(output.variable, job) ? output.variable : undefined
}

const asks = (task: RunJobTask, child: ChildJob, machine: Pick<Machine, 'job'>): boolean =>
	child.tellsStatus && statusRead(task, machine) !== undefined

/** Does the machine read the status of any job? */
export const asksForStatus = (machine: Pick<Machine, 'job'>, children: Children): boolean =>
	allTasks(machine.job.control).some((task) => task.kind === 'run-job' && asks(task, children(task), machine))

/** The argument that tells the job where to leave it. */
export function statusArgument(task: RunJobTask, child: ChildJob, { machine }: Region): Readonly<Record<string, Json>> {
	return asks(task, child, machine) ? { [`--${userStatusArgument}`]: jsonata(placeOf(task, machine)) } : {}
}

/** The state that reads it, and what follows that; the first state to enter once the job has ended. */
export function statusState(task: RunJobTask, child: ChildJob, next: string, region: Region): string {
	const { machine, scope } = region
	if (!asks(task, child, machine)) return next
	const key = keyOf(machine, task)
	const name = machine.memory.state(`${task.name}: user status`)
	const field = machine.memory.field(statusRead(task, machine) ?? '')
	const place = placeOf(task, machine)
	const told = added(
		`'${key}': $merge([$states.input.${key}, {'${field}': $exists($states.result.Body) ? $states.result.Body : ''}])`,
	)
	scope.states.set(name, {
		Type: 'Task',
		Comment: 'Reads what the job said by DSSetUserStatus',
		Resource: 'arn:aws:states:::aws-sdk:s3:getObject',
		Arguments: jsonata(`($place := ${place}; {'Bucket': ${bucketOf('$place')}, 'Key': ${objectKeyOf('$place')}})`),
		Output: jsonata(told),
		Catch: [{ ErrorEquals: ['S3.NoSuchKeyException'], Output: jsonata('$states.input'), Next: next }],
		Next: next,
	})
	return name
}

/** A place of its own for each run of the machine, activity and pass of a loop. */
function placeOf(task: RunJobTask, machine: Machine): string {
	const passes = loopsAround(task.id, machine.job.control).map(
		(loop) => ` & '-' & $states.input.${keyOf(machine, { id: loop })}.Pass`,
	)
	const activity = literalText(`/${keyOf(machine, task)}`)
	return `$${statusFolder.variable} & '/' & $states.context.Execution.Name & ${activity}${passes.join('')}`
}

function loopsAround(task: string, { tasks, handlers = [] }: ControlFlow): readonly string[] {
	for (const one of tasks) {
		if (one.kind !== 'loop' || !allTasks(one.body).some(({ id }) => id === task)) continue
		return [one.id, ...loopsAround(task, one.body)]
	}
	return handlers.flatMap(({ body }) => loopsAround(task, body))
}
