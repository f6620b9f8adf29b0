import type { GenerateOperator } from '#model/reshaping.ts'
import type { DsColumn } from '../columns.ts'
import { findDsColumn, schemaOf } from '../columns.ts'
import { entriesOf, propertyOf } from '../keys.ts'
import { mapOutput, mappedName } from '../mapping.ts'
import type { StageContext, StageOutput, StageStreams } from '../stage-context.ts'
import { generatorOf } from './generators.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { stageSchema } from './stage-schema.ts'

/** Column Generator: adds test columns to rows; how they follow each other stands with the columns of the output link. */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	const [output] = context.outputs
	if (only === undefined || output === undefined) {
		if (output === undefined) context.refuse('it has no output link')
		return noStreams
	}
	const { properties } = context.stage
	// The schema says how columns are made, whatever the link says of them (IBM: Column Generator stage, Schema file).
	const isInFile = propertyOf(properties, 'selection') === 'file'
	const made = isInFile
		? (stageSchema(context, propertyOf(properties, 'schemafile'), output.pin)?.columns ?? [])
		: namedColumns(context, output)
	const generated = made.map((column) => ({ ...column, generator: generatorOf(context, column) }))
	const isConstant = generated.every(({ generator }) => generator.kind === 'list' && generator.values.length === 1)
	if (!isConstant && context.stage.meta.get('Execmode')?.trim() !== 'seq')
		context.differ('RG-D008', `${context.stage.name} begins its cycles anew in each partition`)
	const operator: GenerateOperator = {
		...context.base(),
		kind: 'generate',
		columns: generated.map(({ name, type, nullable, generator }) => ({ name, type, nullable, generator })),
	}
	context.flow.add(operator, { in: only.stream })
	const kept = only.stream.schema.columns.filter(({ name }) => !operator.columns.some((column) => column.name === name))
	const schema = { ...only.stream.schema, columns: [...kept, ...schemaOf(operator.columns, false).columns] }
	const stream = leaving(only.stream, operator, schema)
	return new Map(context.outputs.map((one) => [one.pin.id, mapOutput(context, one, stream, generatedName)]))
}

/** The columns that the stage names, as its output link describes them. */
function namedColumns(context: StageContext, { link }: StageOutput): readonly DsColumn[] {
	const wanted = entriesOf(context.stage.properties, 'schema').map(({ value }) => value.trim())
	if (wanted.length === 0) context.refuse('it names no column to generate')
	return wanted.flatMap((name) => {
		const column = findDsColumn(link.columns, name)
		if (column === undefined) context.refuse(`the column ${name}, which it generates, is not on its output link`)
		return column === undefined ? [] : [column]
	})
}

/** The column that a derivation like `Generate(NAME)` names. */
const generatedName = (column: DsColumn): string | undefined =>
	/^\s*Generate\(\s*([\w$]+)\s*\)\s*$/i.exec(column.derivation ?? '')?.[1] ?? mappedName(column)?.column
