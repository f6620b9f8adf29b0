/**
 * Sources of systems that Spark does not reach: OData feeds, SharePoint lists, change tables of SQL Server, Salesforce. Their rows
 * come as a data set, which a connector (AWS Glue, Amazon AppFlow, AWS DMS) fills before the job runs.
 */
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { declare, refuse } from '../flow/parts.ts'
import { fillSource } from '../flow/source-rows.ts'
import { textOf } from '../package-scope.ts'

/** Properties that say what the system is asked for, in the words of the different components. */
const asked = [
	'Query',
	'CollectionName',
	'SiteListName',
	'TableName',
	'CaptureInstance',
	'Statement',
	'Object',
] as const

/** @param system what a person calls it */
export function connectorSource(system: string): (context: ComponentContext) => Refusal | undefined {
	return (context) => {
		const { component, task } = context
		const outputs = component.outputs.filter((one) => !one.isError)
		const linked = outputs.filter((one) => context.isLinked(one))
		const output = linked[0] ?? outputs[0]
		if (output === undefined || output.columns.length === 0) return refuse('it has no columns')
		if (linked.length > 1) return refuse('several of its outputs are used')
		const what = asked.map((name) => component.properties.get(name)?.trim() ?? '').find((text) => text !== '')
		const path = textOf(`${task.name}/${component.name}`)
		fillSource(context, output, { kind: 'data-set', path, flavour: 'data-set' })
		declare(context, 'RG-D094', `It reads ${system}${what === undefined ? '' : `: ${what}`}.`)
		return undefined
	}
}
