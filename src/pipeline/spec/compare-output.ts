/** What a job wrote to one place, against the rows that a test case expects there. */
import { readFileSync } from 'node:fs'
import { partFiles, readPart } from '#engines/part-files.ts'
import { decodeText } from '#evidence/encoding.ts'
import type { DataSet } from '#evidence/reconcile/data-set.ts'
import { parseJsonLines } from '#evidence/reconcile/data-set.ts'
import type { ReconcileReport } from '#evidence/reconcile/reconcile.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Job } from '#model/job.ts'
import type { TextFileTarget } from '#model/places.ts'
import type { Column } from '#model/types.ts'
import { fitFields, splitRecords } from '#reference/text-reader.ts'
import { headLines } from '#reference/text-writer.ts'
import type { ExpectedRows } from './test-case.ts'
import type { TestRows } from './test-data.ts'
import { isFloat, isText } from './test-data.ts'

/**
 * Rows are compared as a bag: the order in which partitions deliver them is no part of a test. Texts agree to the character but
 * for blanks at the end, which the legacy engine fills fixed columns with; other values agree as values.
 */
export function compareOutput(expected: TestRows, actual: DataSet, wanted: ExpectedRows): ReconcileReport {
	if (wanted.countOnly) return compareCounts(expected.rows.length, actual.rows.length)
	const given: DataSet = {
		columns: expected.columns.map(({ name }) => name),
		named: true,
		knowsNull: false,
		rows: expected.rows,
	}
	return reconcile(given, actual, {
		ignore: wanted.ignore,
		padding: true,
		texts: expected.columns.filter(isText).map(({ name }) => name),
		floats: expected.columns.filter(isFloat).map(({ name }) => name),
	})
}

function compareCounts(expected: number, actual: number): ReconcileReport {
	return {
		equal: expected === actual,
		rows: { expected, actual },
		missing: Math.max(0, expected - actual),
		extra: Math.max(0, actual - expected),
		changed: 0,
		missing_columns: [],
		extra_columns: [],
		columns: [],
		samples: [],
	}
}

/** @param written folder or file that the run left; nothing there means no rows */
export function readWritten(job: Job, place: PlaceEntry, written: string): DataSet {
	const target = textTarget(job, place)
	const files = partFiles(written)
	if (target === undefined) return withColumns(parseJsonLines(files.map((file) => readFileSync(file, 'utf8'))), place)
	const { layout } = target
	const rows = files.flatMap((file) => {
		const records = splitRecords(decodeText(readPart(file), layout.encoding), layout)
		return records.slice(headLines(target)).map((record) => fitFields(record, layout, place.columns.length))
	})
	return { columns: place.columns.map(({ name }) => name), named: true, knowsNull: false, rows }
}

function textTarget(job: Job, place: PlaceEntry): TextFileTarget | undefined {
	for (const flow of job.flows) {
		const operator = flow.operators.find((one) => one.kind === 'write' && `${flow.id}/${one.id}` === place.id)
		if (operator?.kind === 'write' && operator.target.kind === 'text-file') return operator.target
	}
	return undefined
}

/** A file without rows has no keys: its columns are those of the job. */
function withColumns(data: DataSet, place: PlaceEntry): DataSet {
	const known = new Set(data.columns)
	const others = place.columns.filter(({ name }: Column) => !known.has(name)).map(({ name }) => name)
	if (others.length === 0) return data
	return {
		...data,
		columns: [...data.columns, ...others],
		rows: data.rows.map((row) => [...row, ...others.map(() => null)]),
	}
}
