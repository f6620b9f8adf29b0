/** Audit (in files: Lineage): facts about the package and the run as columns (Microsoft: Audit Transformation). */
import { toModel } from '#languages/ssis/types.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { ProjectColumn } from '#model/operators.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { declare, mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { giveDerived } from '../flow/row-columns.ts'
import { assign, derived } from '../flow/values.ts'
import { whole } from '../formats/properties.ts'
import { read, textOf } from '../package-scope.ts'

/** System variables by the value of `LineageItemSelected`. */
const items = [
	'ExecutionInstanceGUID',
	'PackageID',
	'PackageName',
	'VersionGUID',
	'StartTime',
	'MachineName',
	'UserName',
	'TaskName',
	'TaskID',
] as const

type Item = (typeof items)[number]

/** Facts that are others in the new job, however faithfully it runs. */
const ofTheRun: ReadonlySet<Item> = new Set(['ExecutionInstanceGUID', 'MachineName', 'UserName'])

export function lowerAudit(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const leaving = extend(arriving, output.columns)
	const columns: ProjectColumn[] = []
	for (const written of output.columns) {
		const target = byLineage(leaving, written.lineage)
		const item = items[whole(written.properties.get('LineageItemSelected'), -1)]
		if (target === undefined || item === undefined)
			return refuse(`column ${written.name} holds a fact that is not known`)
		const provenance = { ...context.provenance, lines: written.lines }
		columns.push(derived(target.name, target.type, factOf(context, item, target), provenance))
		if (ofTheRun.has(item)) declare(context, 'RG-D032', `Column ${written.name} holds ${item}.`)
	}
	giveDerived(context, { input, output, arriving, leaving, columns })
	return undefined
}

/** The task is the data flow that the component is in: a constant, while the package's variables know only the package. */
function factOf(context: ComponentContext, item: Item, target: BufferColumn): SourcedExpression {
	const { task, scope } = context
	const text = `@[System::${item}]`
	if (item === 'ExecutionInstanceGUID' && target.type.name === 'DT_GUID')
		return { expression: { kind: 'call', operation: 'ssis.run-guid', args: [], type: toModel(target.type) }, text }
	const ofTask = item === 'TaskName' ? task.name : item === 'TaskID' ? task.id : undefined
	const known = scope.value(`System::${item}`)
	const value = ofTask === undefined && known !== undefined ? read(known).expression : textOf(ofTask ?? '').expression
	return { expression: assign(value, known?.type ?? { name: 'DT_WSTR' }, target.type), text }
}
