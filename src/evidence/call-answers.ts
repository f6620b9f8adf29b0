/** Answers of the printed helper `sql` for sources that are called on the driver: the rows bound to them. */
import type { HelperAnswer } from '#engines/port.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Row } from '#model/values.ts'

/** @param rowsOf rows bound to a place; undefined when there are none */
export async function callAnswers(
	places: readonly PlaceEntry[],
	rowsOf: (place: PlaceEntry) => Promise<readonly Row[] | undefined>,
): Promise<readonly HelperAnswer[]> {
	const answers: HelperAnswer[] = []
	for (const place of places) {
		if (!place.call || place.role !== 'read' || place.statement === null) continue
		const rows = await rowsOf(place)
		if (rows === undefined) continue
		answers.push({
			when: { statement: place.statement },
			repeat: true,
			reply: { kind: 'rows', schema: { columns: place.columns, open: false }, rows },
		})
	}
	return answers
}
