/** Facts about columns over a whole pipeline. */
import { referenced } from '../formats/properties.ts'
import type { Dispositions, PipelineRecord } from '../formats/records.ts'

/** Lineages that some component reads: as an input column, or in a property that points to one. */
export function usedLineages(pipeline: PipelineRecord): ReadonlySet<string> {
	const used = new Set<string>()
	for (const { inputs } of pipeline.components) {
		for (const column of inputs.flatMap((input) => input.columns)) {
			used.add(column.lineage)
			for (const value of column.properties.values()) used.add(referenced(value) ?? '')
		}
	}
	return used
}

/** Where columns stand that an error can be about, by number: as messages of the old engine name them. */
export function identifyColumns(
	pipeline: PipelineRecord,
	numbers: ReadonlyMap<string, number>,
): ReadonlyMap<number, string> {
	const redirected = new Set(
		pipeline.components.flatMap(({ inputs }) =>
			inputs.flatMap((input) => (redirects(input.dispositions) ? input.columns.map(({ lineage }) => lineage) : [])),
		),
	)
	const names = new Map<number, string>()
	for (const component of pipeline.components) {
		for (const output of component.outputs) {
			for (const column of output.columns) {
				if (!redirects(column.dispositions) && !redirected.has(column.lineage)) continue
				names.set(numbers.get(column.lineage) ?? 0, `${component.name}.Outputs[${output.name}].Columns[${column.name}]`)
			}
		}
	}
	return names
}

/** A number for each column: its id where ids are numbers, otherwise its place in the pipeline. */
export function numberColumns(pipeline: PipelineRecord): ReadonlyMap<string, number> {
	const numbers = new Map<string, number>()
	for (const { outputs } of pipeline.components) {
		for (const { lineage } of outputs.flatMap((output) => output.columns)) {
			numbers.set(lineage, /^\d{1,9}$/.test(lineage) ? Number(lineage) : numbers.size + 1)
		}
	}
	return numbers
}

const redirects = ({ onError, onTruncation }: Dispositions): boolean =>
	onError === 'RedirectRow' || onTruncation === 'RedirectRow'
