/** Data Conversion: adds a converted copy of a column; the original stays. */
import { writeFormat } from '#languages/ssis/cast-format.ts'
import type { SsisType } from '#languages/ssis/types.ts'
import { formatType } from '#languages/ssis/types.ts'
import type { ProjectColumn } from '#model/operators.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import { declareRead, localeOf } from '../flow/locales.ts'
import { declareNarrowed } from '../flow/narrowed.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { policies } from '../flow/policies.ts'
import { giveDerived } from '../flow/row-columns.ts'
import { cast, column, derived } from '../flow/values.ts'
import { isTrue, referenced } from '../formats/properties.ts'

export function lowerDataConversion(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const leaving = extend(arriving, output.columns)
	const columns: ProjectColumn[] = []
	const parsed: SsisType[] = []
	const locale = localeOf(context)
	for (const written of output.columns) {
		const target = byLineage(leaving, written.lineage)
		const source = byLineage(arriving, referenced(written.properties.get('SourceInputColumnLineageID')))
		if (target === undefined || source === undefined)
			return refuse(`the column that ${written.name} converts does not arrive`)
		const fastParse = isTrue(written.properties.get('FastParse'))
		if (!fastParse && column(source).type.kind === 'string') parsed.push(target.type)
		const format = writeFormat(source.type, target.type, { fastParse, locale })
		columns.push({
			...derived(
				target.name,
				target.type,
				{
					expression: cast(column(source), 'ssis.data-conversion', target.type, format),
					text: `${source.name} as ${formatType(target.type)}`,
				},
				{ ...context.provenance, lines: written.lines },
			),
			...policies(written.dispositions, context.columnNumber(written.lineage)),
		})
	}
	declareNarrowed(context, arriving, leaving, columns)
	declareRead(context, parsed, locale)
	giveDerived(context, { input, output, arriving, leaving, columns })
	return undefined
}
