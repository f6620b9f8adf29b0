import type { RunJobTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { isSet, textOf } from '../../columns.ts'
import { textLiteral } from '../../expressions.ts'
import type { ActivityContext } from '../activity-context.ts'
import { outputsOf } from '../symbols.ts'

const modes: Readonly<Record<string, RunJobTask['mode']>> = {
	'0': 'run',
	'1': 'reset-then-run',
	'2': 'validate',
	'3': 'reset',
}

/** Values that leave a parameter to the project, the environment or its own default. */
const left: ReadonlySet<string> = new Set(['$PROJDEF', '$ENV', '$UNSET'])

/** A new job needs no reset: each run begins afresh. To validate or reset alone has no counterpart. */
export function lower(context: ActivityContext): RunJobTask {
	const { base, stage, refuse } = context
	const { values } = stage.record
	const name = textOf(values, 'Jobname').trim()
	const mode = modes[textOf(values, 'ExecutionType') || '0']
	if (name === '') refuse('it names no job')
	if (mode === undefined) refuse(`its execution type ${textOf(values, 'ExecutionType')} is not known`)
	if (mode === 'validate' || mode === 'reset') refuse(`it does not run the job, it asks the old engine to ${mode} it`)
	if (textOf(values, 'InvocationId').trim() !== '' || isSet(values, 'InvocationIdExpr'))
		context.differ('RG-D061', `${name} was started with an invocation id`)
	declareStatus(context, name)
	return {
		...base,
		kind: 'run-job',
		job: { expression: textLiteral(name), text: name },
		reference: 'sequence',
		parameters: (stage.record.collections.get('ParameterValues') ?? []).flatMap((item) =>
			parameterValues(textOf(item.values, 'Name'), textOf(item.values, 'Description'), context),
		),
		mode: mode ?? 'run',
		outputs: outputsOf(stage),
	}
}

/** A set is passed whole: as its name alone, or as the name of a value file, which the export of the started job knows. */
function parameterValues(name: string, written: string, context: ActivityContext): RunJobTask['parameters'] {
	const plain = written.trim()
	if (left.has(plain.replaceAll(/^["']|["']$/g, ''))) return []
	const members = context.job.parameters.all.filter((parameter) => parameter.name.startsWith(`${plain}.`))
	if (plain !== '' && members.length > 0)
		return members.map((member) => {
			const value: SourcedExpression = {
				expression: { kind: 'parameter', name: member.name, type: member.type },
				text: member.name,
			}
			return { name: `${name}.${member.name.slice(plain.length + 1)}`, value }
		})
	return [{ name, value: context.expression(written, `parameter ${name}`) }]
}

/** Triggers that tell OK from "finished with warnings" see less from a Glue job, which only ends well or fails. */
function declareStatus({ stage, structure, differ }: ActivityContext, job: string): void {
	const own = structure.links.filter(({ from }) => from === stage)
	const codes = own.map(({ output }) => textOf(output.record.values, 'ConditionType'))
	if (codes.some((code) => code === '2' || code === '4'))
		differ('RG-D060', `its triggers tell whether ${job} ended with warnings`)
}
