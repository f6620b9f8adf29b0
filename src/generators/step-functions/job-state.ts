/** Jobs that a sequence starts: Glue jobs, and other sequences, which are state machines. */
import { literalText } from '#languages/jsonata/text.ts'
import type { RunJobTask } from '#model/control-flow.ts'
import type { Catcher, Json, TaskState } from './asl.ts'
import { added, jsonata } from './asl.ts'
import type { ChildJob } from './children.ts'
import { handles } from './guards.ts'
import { printed } from './printed.ts'
import { raiseCatch, taskFailed } from './raise.ts'
import { reads } from './reads.ts'
import type { Region } from './scope.ts'
import { keyOf } from './scope.ts'
import { statusArgument, statusRead, statusState } from './user-status.ts'

/** AWS asks callers to try again when it is busy itself; the job has not been started then. */
const busy: Json = [
	{
		ErrorEquals: ['Glue.ThrottlingException', 'Glue.OperationTimeoutException', 'Glue.InternalServiceException'],
		IntervalSeconds: 10,
		BackoffRate: 2,
		MaxAttempts: 4,
	},
]

export function jobState(task: RunJobTask, behind: string, region: Region): TaskState {
	const { machine } = region
	const child = machine.children(task)
	machine.started.set(child.placeholder, child)
	const next = statusState(task, child, behind, region)
	const status = statusRead(task, machine)
	const unset = status === undefined ? '' : `, '${machine.memory.field(status)}': ''`
	const ended = (ending: string, warned: boolean): string => {
		const named = reads(`${task.name}.$JobName`, machine.job) ? `, 'JobName': ${literalText(child.title)}` : ''
		const told = (task.outputs ?? [])
			.filter(({ what }) => what === 'status')
			.map(({ variable }) => machine.memory.field(variable))
			.filter((field) => field !== 'JobStatus')
		const result = [`'JobStatus': ${ending}${named}${unset}`, ...told.map((field) => `'${field}': ${ending}`)].join(
			', ',
		)
		return added(`'${keyOf(machine, task)}': {${result}}${warned ? ", 'Warned': true" : ''}`)
	}
	const { triggers } = machine.job.control
	const warns = triggers?.warns === true
	const raises = triggers?.unhandled === 'raise' && !handles(region.control, task)
	const raised = raises ? raiseCatch(task.name, `Unhandled abort encountered in job ${child.title}`, region) : undefined
	const caught: Catcher = { ErrorEquals: [taskFailed], Output: jsonata(ended("'3'", warns)), Next: next }
	const catchers = raises ? (raised === undefined ? [] : [raised]) : [caught]
	const machineStatus = '$string($states.result.Output.JobStatus)'
	return {
		Type: 'Task',
		Comment: comment(task, child),
		...(child.kind === 'job' ? glueJob(task, child, region) : stateMachine(task, child, region)),
		Output:
			child.kind === 'job'
				? jsonata(ended("'1'", false))
				: jsonata(
						warns
							? `$merge([${ended(machineStatus, false)}, $states.result.Output.JobStatus = 2 ? {'Warned': true} : {}])`
							: ended(machineStatus, false),
					),
		...(catchers.length === 0 ? {} : { Catch: catchers }),
		Next: next,
	}
}

function comment(task: RunJobTask, { title, job }: ChildJob): string {
	const what = task.name === title ? '' : `Job ${title}`
	return (
		[what, job === null ? 'The export does not hold this job.' : ''].filter((one) => one !== '').join('. ') || 'Job'
	)
}

const given = (task: RunJobTask, child: ChildJob, region: Region, prefix: string): Readonly<Record<string, Json>> =>
	Object.fromEntries(
		task.parameters.flatMap(({ name, value }) => {
			const argument = Object.hasOwn(child.arguments, name) ? child.arguments[name] : undefined
			if (argument === undefined) return []
			const { expression } = value
			const plain = expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined
			const literal = plain !== undefined && !plain.startsWith('{%')
			return [[`${prefix}${argument}`, literal ? plain : jsonata(printed(value, region.machine))]]
		}),
	)

function glueJob(
	task: RunJobTask,
	child: ChildJob,
	region: Region,
): Pick<TaskState, 'Resource' | 'Arguments' | 'Retry'> {
	const passed = { ...given(task, child, region, '--'), ...statusArgument(task, child, region) }
	return {
		Resource: 'arn:aws:states:::glue:startJobRun.sync',
		Arguments: {
			JobName: `\${${child.placeholder}}`,
			...(Object.keys(passed).length === 0 ? {} : { Arguments: passed }),
		},
		Retry: busy,
	}
}

function stateMachine(task: RunJobTask, child: ChildJob, region: Region): Pick<TaskState, 'Resource' | 'Arguments'> {
	return {
		Resource: 'arn:aws:states:::states:startExecution.sync:2',
		Arguments: {
			StateMachineArn: `\${${child.placeholder}}`,
			Input: {
				AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: jsonata('$states.context.Execution.Id'),
				parameters: given(task, child, region, ''),
			},
		},
	}
}
