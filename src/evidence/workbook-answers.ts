/** Rows that stand for what workbooks and XML files hold: answers of the printed helpers that read them. */
import type { HelperAnswer, HelperFixture } from '#engines/port.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { Row } from '#model/values.ts'

/** @param rowsOf rows bound to a place; undefined when there are none, and the workbook itself is read */
export async function workbookFixtures(
	places: readonly PlaceEntry[],
	args: Readonly<Record<string, string>>,
	rowsOf: (place: PlaceEntry) => Promise<readonly Row[] | undefined>,
): Promise<readonly HelperFixture[]> {
	const answers = { workbook: [] as HelperAnswer[], xml: [] as HelperAnswer[] }
	for (const place of places) {
		if (place.kind !== 'workbook' && place.kind !== 'xml') continue
		if (place.role !== 'read' || place.argument === null) continue
		const rows = await rowsOf(place)
		if (rows === undefined) continue
		const part = place.statement === null ? {} : { [place.kind === 'xml' ? 'row' : 'place']: place.statement }
		answers[place.kind].push({
			when: { path: args[place.argument] ?? '', ...part },
			repeat: true,
			reply: { kind: 'rows', schema: { columns: place.columns, open: false }, rows },
		})
	}
	const fixture = (name: string, own: readonly HelperAnswer[]): readonly HelperFixture[] =>
		own.length === 0 ? [] : [{ name, answers: own, otherwise: { kind: 'original' } }]
	return [...fixture('read_workbook', answers.workbook), ...fixture('read_xml', answers.xml)]
}
