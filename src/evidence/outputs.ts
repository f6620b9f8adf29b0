/** What a run wrote, against what the reference wrote. */
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { JsonObject } from '#model/json-values.ts'
import { decodeRow } from '#model/json-values.ts'
import type { WriteOperator } from '#model/operators.ts'
import type { FlowOutput } from '#reference/context.ts'
import type { Comparison } from './compare.ts'
import { compareTables } from './compare.ts'
import { compareTexts } from './compare-text.ts'
import { decodeText, throughEncoding } from './encoding.ts'
import type { WorkFolder } from './work-folder.ts'

export interface OutputComparison {
	readonly name: string
	readonly comparison: Comparison
}

/** Compares each output of the reference with the place that the script wrote it to. */
export async function compareOutputs(
	job: Job,
	outputs: readonly { readonly flow: string; readonly output: FlowOutput }[],
	places: readonly PlaceEntry[],
	written: ReadonlyMap<string, string>,
	folder: WorkFolder,
): Promise<readonly OutputComparison[]> {
	const compared: OutputComparison[] = []
	for (const { flow, output } of outputs) {
		const id = `${flow}/${output.operator}`
		const place = places.find((one) => one.id === id && one.role === 'write')
		const operator = findWrite(job, flow, output.operator)
		if (place === undefined || operator === undefined) {
			compared.push({ name: output.operator, comparison: nothingFound(output) })
			continue
		}
		const files = await folder.read(written.get(id) ?? '')
		compared.push({ name: place.element, comparison: compareOutput(output, operator, files) })
	}
	return compared
}

const nothingFound = (output: FlowOutput): Comparison => ({
	equal: false,
	expected: output.rows.length,
	actual: 0,
	missing: output.rows.length,
	extra: 0,
	samples: [],
})

function findWrite(job: Job, flow: string, id: string): WriteOperator | undefined {
	const operator = job.flows.find((one) => one.id === flow)?.operators.find((one) => one.id === id)
	return operator?.kind === 'write' ? operator : undefined
}

function compareOutput(output: FlowOutput, operator: WriteOperator, files: readonly Uint8Array[]): Comparison {
	const { target } = operator
	if (target.kind === 'text-file') {
		const texts = files.map((bytes) => decodeText(bytes, target.layout.encoding))
		const lines = (output.lines ?? []).map((line) => throughEncoding(line, target.layout.encoding))
		const comparison = compareTexts(lines, texts, target, output.schema)
		// Fields tell what differs; the bar is the exact line, so that no quote or blank is lost unseen.
		return { ...comparison, equal: comparison.toTheCharacter }
	}
	const rows = files.flatMap((bytes) =>
		decodeText(bytes, 'utf-8')
			.split('\n')
			.filter((line) => line !== '')
			.map((line) => decodeRow(JSON.parse(line) as JsonObject, output.schema)),
	)
	return compareTables(output.rows, rows, output.schema)
}
