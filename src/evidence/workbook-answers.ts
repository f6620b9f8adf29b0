/** Rows that stand for what workbooks and XML files hold: answers of the printed helpers that read them. */
import type { HelperAnswer, HelperFixture } from '#engines/port.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import type { JsonObject } from '#model/json-values.ts'
import type { Row } from '#model/values.ts'

/** @param rowsOf rows bound to a place; undefined when there are none, and the workbook itself is read */
export async function workbookFixtures(
	places: readonly PlaceEntry[],
	args: Readonly<Record<string, string>>,
	rowsOf: (place: PlaceEntry) => Promise<readonly Row[] | undefined>,
): Promise<readonly HelperFixture[]> {
	const answers = { workbook: [] as HelperAnswer[], xml: [] as HelperAnswer[], 'xml-text': [] as HelperAnswer[] }
	for (const place of places) {
		const when = callOf(place, args)
		if (when === undefined || !(place.kind in answers)) continue
		const rows = await rowsOf(place)
		if (rows === undefined) continue
		answers[place.kind as keyof typeof answers].push({
			when,
			repeat: true,
			reply: { kind: 'rows', schema: { columns: place.columns, open: false }, rows },
		})
	}
	const fixture = (name: string, own: readonly HelperAnswer[]): readonly HelperFixture[] =>
		own.length === 0 ? [] : [{ name, answers: own, otherwise: { kind: 'original' } }]
	return [
		...fixture('read_workbook', answers.workbook),
		...fixture('read_xml', answers.xml),
		...fixture('xml_rows', answers['xml-text']),
	]
}

/** The arguments by which a read calls its helper: those that tell one place from the others. */
function callOf(place: PlaceEntry, args: Readonly<Record<string, string>>): JsonObject | undefined {
	const { kind, role, argument, statement, columns } = place
	if (role !== 'read') return undefined
	if (kind === 'xml-text') return { row: statement, columns: columns.map(({ name }) => name) }
	if (argument === null || (kind !== 'workbook' && kind !== 'xml')) return undefined
	return {
		path: args[argument] ?? '',
		...(statement === null ? {} : { [kind === 'xml' ? 'row' : 'place']: statement }),
	}
}
