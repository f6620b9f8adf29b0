/** Copy Column (in files: CopyMap): columns under a second name (Microsoft: Copy Column Transformation). */
import type { ProjectColumn } from '#model/operators.ts'
import { byLineage, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { infer, mainInput, mainOutput, refuse } from '../flow/parts.ts'
import { giveDerived } from '../flow/row-columns.ts'
import { passed } from '../flow/values.ts'
import { referenced } from '../formats/properties.ts'

export function lowerCopyColumn(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const arriving = context.arriving(input)
	const leaving = extend(arriving, output.columns)
	const columns: ProjectColumn[] = []
	for (const written of output.columns) {
		// Writers do not agree on the capitals of this property's name.
		const named = [...written.properties].find(([name]) => name.toLowerCase() === 'copycolumnid')?.[1]
		const source = byLineage(arriving, referenced(named))
		const target = byLineage(leaving, written.lineage)
		if (source === undefined || target === undefined)
			return refuse(`the column that ${written.name} copies does not arrive`)
		infer(context, target, source.type)
		columns.push(passed(source, target.name, { ...context.provenance, lines: written.lines }))
	}
	giveDerived(context, { input, output, arriving, leaving, columns })
	return undefined
}
