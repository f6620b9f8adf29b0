/** Rows that stand for what workbooks hold: answers of the printed helper that reads them. */
import type { HelperAnswer, HelperFixture } from '#engines/port.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Row } from '#model/values.ts'

/** @param rowsOf rows bound to a place; undefined when there are none, and the workbook itself is read */
export async function workbookFixtures(
	places: readonly PlaceEntry[],
	args: Readonly<Record<string, string>>,
	rowsOf: (place: PlaceEntry) => Promise<readonly Row[] | undefined>,
): Promise<readonly HelperFixture[]> {
	const answers: HelperAnswer[] = []
	for (const place of places) {
		if (place.kind !== 'workbook' || place.role !== 'read' || place.argument === null) continue
		const rows = await rowsOf(place)
		if (rows === undefined) continue
		const range = place.statement === null ? {} : { place: place.statement }
		answers.push({
			when: { path: args[place.argument] ?? '', ...range },
			repeat: true,
			reply: { kind: 'rows', schema: { columns: place.columns, open: false }, rows },
		})
	}
	return answers.length === 0 ? [] : [{ name: 'read_workbook', answers, otherwise: { kind: 'original' } }]
}
