/** Test cases of a team, for the terminal. */
import type { CaseReport } from '#evidence/report.ts'
import type { JsonValue } from '#model/json-values.ts'
import { visible } from './diagnostic-text.ts'

/** One line: what it came to, and each output with its rows. */
export function caseText({ name, status, outputs, problem }: CaseReport): string {
	const said = outputs.map(({ name: output, expected, actual, equal, count_only }) => {
		const rows = equal ? `${expected} ${expected === 1 ? 'row' : 'rows'}` : `${actual} rows instead of ${expected}`
		return `${output} ${equal ? 'equal' : 'differs'}, ${rows}${count_only ? ' (counted only)' : ''}`
	})
	const details = problem === undefined ? said : [problem]
	return `    test case ${visible(name)}: ${status === 'not-run' ? 'not run' : status}: ${visible(details.join('; '))}`
}

/** The differing rows of the outputs that differ. */
export function differenceLines({ outputs }: CaseReport): readonly string[] {
	return outputs
		.filter(({ equal }) => !equal)
		.flatMap(({ name, missing, extra, changed, columns_of_one_side, samples }) => [
			`${name}: ${missing} missing, ${extra} extra, ${changed} changed`,
			...columns_of_one_side.map((column) => `column ${column}: only one side has it`),
			...samples.map((sample) => {
				const row = Object.entries(sample.row).map(([column, value]) => `${column}=${show(value)}`)
				const columns = sample.kind === 'changed' ? sample.columns : []
				const changes = columns.map((one) => `${one.name}: ${show(one.expected)} → ${show(one.actual)}`)
				return `${sample.kind}: ${(changes.length > 0 ? changes : row).join(', ')}`
			}),
		])
}

const show = (value: JsonValue): string => (value === null ? 'null' : JSON.stringify(value))
