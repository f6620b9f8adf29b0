import type { GenerateOperator } from '#model/reshaping.ts'
import { schemaOf } from '../columns.ts'
import { propertyOf } from '../keys.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { generatorOf } from './generators.ts'
import { noStreams } from './inputs.ts'
import { matchColumns, stageSchema } from './stage-schema.ts'
import { wholeNumber } from './whole-number.ts'

/** Row Generator: test rows, ten unless told otherwise, whose columns follow the options of the link's columns. */
export function lower(context: StageContext): StageStreams {
	const [output, ...others] = context.outputs
	if (output === undefined || others.length > 0) {
		context.refuse(`it has ${context.outputs.length} output links, not one`)
		return noStreams
	}
	const { link, pin } = output
	const file = propertyOf(pin.properties, 'schema') || propertyOf(pin.properties, 'schemafile')
	const schema = file === '' ? undefined : stageSchema(context, file, pin)
	const made = schema?.columns ?? link.columns
	if (schema !== undefined) matchColumns(context, link, made)
	if (made.length === 0 && file === '') context.refuse('its link has no columns')
	const written = propertyOf(pin.properties, 'records') || '10'
	const parameter = context.job.parameters.findOrAdd(/^#([\w$.]+)#$/.exec(written.trim())?.[1] ?? '')
	const rows =
		parameter === undefined ? wholeNumber(context, written, 'Number of records') : { parameter: parameter.name }
	if (context.stage.meta.get('Execmode')?.trim() === 'par')
		context.differ('RG-D002', `${context.stage.name} made ${written} rows in each partition; the new job has one`)
	const operator: GenerateOperator = {
		...context.base(),
		kind: 'generate',
		rows,
		columns: made.map((column) => ({
			name: column.name,
			type: column.type,
			nullable: column.nullable,
			generator: generatorOf(context, column),
		})),
	}
	context.flow.add(operator, {})
	return new Map([
		[
			pin.id,
			{
				from: { operator: operator.id, port: 'out' },
				schema: schemaOf(made, false),
				name: link.name,
				provenance: context.provenance(link.lines, link.name),
			},
		],
	])
}
