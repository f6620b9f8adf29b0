import type { RunJobTask, Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf, childrenOf } from '../../xml/element.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { read } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

/** Execute Package task: a package of the project, in a file, or on SQL Server (Microsoft: Execute Package Task). */
export function lowerExecutePackage(context: TaskContext): Task | Refusal {
	const data = childOf(context.executable.data, 'ExecutePackageTask')
	if (data === undefined) return refuse('it names no package')
	const job = packageOf(context, data)
	if ('reason' in job) return job
	const parameters = parametersOf(context, data)
	if ('reason' in parameters) return parameters
	return { ...taskBase(context), kind: 'run-job', ...job, parameters: parameters.list, mode: 'run' }
}

const part = (data: XmlElement, name: string): string => childOf(data, name)?.text.trim() ?? ''

function packageOf(
	{ scope, properties }: TaskContext,
	data: XmlElement,
): { readonly job: SourcedExpression; readonly reference: RunJobTask['reference'] } | Refusal {
	const computed = properties.computed('PackageName')
	if (isTrue(part(data, 'UseProjectReference'))) {
		const job = computed ?? properties.text('PackageName', part(data, 'PackageName'))
		return job.text === '' ? refuse('it names no package') : { job, reference: 'project' }
	}
	const connection = scope.connection(part(data, 'Connection'))
	if (connection === undefined) return refuse('the connection manager of its package is not there')
	if (/^(?:FILE|MULTIFILE)$/.test(connection.type)) {
		const job = pathOf(connection, scope)
		return 'reason' in job ? job : { job, reference: 'file' }
	}
	const job = computed ?? properties.text('PackageName', part(data, 'PackageName'))
	return job.text === '' ? refuse('it names no package') : { job, reference: 'server' }
}

function parametersOf({ scope }: TaskContext, data: XmlElement): { readonly list: RunJobTask['parameters'] } | Refusal {
	const list: { name: string; value: SourcedExpression }[] = []
	for (const assignment of childrenOf(data, 'ParameterAssignment')) {
		const bound = part(assignment, 'BindedVariableOrParameterName')
		const value = scope.value(bound)
		if (value === undefined) return refuse(`no variable or parameter has the name ${JSON.stringify(bound)}`)
		list.push({ name: part(assignment, 'ParameterName'), value: read(value) })
	}
	return { list }
}
