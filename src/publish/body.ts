/** The text of a pull request put together from its parts; of one that is too long, the parts that matter most. */
import { plural } from '#model/plural.ts'

/** Characters that GitHub takes. https://github.com/orgs/community/discussions/27190 */
export const longestBody = 65_536

export interface BodyParts {
	/** The verdict, and what happened to files. */
	readonly head: readonly string[]
	readonly table: BodyTable | undefined
	/** Notes of single jobs. */
	readonly sections: readonly Ranked[]
	readonly foot: readonly string[]
}

export interface BodyTable {
	readonly head: readonly [string, string]
	readonly rows: readonly Ranked[]
}

export interface Ranked {
	readonly text: string
	/** Those with the lowest number are kept first. */
	readonly rank: number
}

const between = '\n\n'.length

export function wholeBody({ head, table, sections, foot }: BodyParts): readonly string[] {
	const rows = table === undefined ? [] : [[...table.head, ...table.rows.map(({ text }) => text)].join('\n')]
	return [...head, ...rows, ...sections.map(({ text }) => text), ...foot]
}

/**
 * @param room characters for all of it
 * @param report where the whole text is
 */
export function cutBody(parts: BodyParts, room: number, report: string | undefined): readonly string[] {
	// Numbers in the notice may become longer than those of everything that there is.
	let rest = room - lengthOf(parts.foot) - lengthOf([notice(parts, { rows: 0, sections: 0, head: 0 }, report)]) - 20
	// Files of people's that stayed come before the jobs, but what was generated for them may be long.
	const head = fitting(parts.head, parts.table === undefined ? rest : rest / 2)
	rest -= lengthOf(head)
	const rows = fittingRows(parts.table, parts.sections.length === 0 ? rest : rest * 0.6)
	rest -= lengthOf(rows)
	const sections = fitting(
		inRank(parts.sections).map(({ text }) => text),
		rest,
	)
	const kept = {
		rows: Math.max(0, (rows[0]?.split('\n').length ?? 2) - 2),
		sections: sections.length,
		head: head.length,
	}
	return [...head, notice(parts, kept, report), ...rows, ...sections, ...parts.foot]
}

const inRank = (all: readonly Ranked[]): readonly Ranked[] => all.toSorted((left, right) => left.rank - right.rank)

const lengthOf = (sections: readonly string[]): number =>
	sections.reduce((sum, section) => sum + section.length + between, 0)

function fitting(sections: readonly string[], room: number): readonly string[] {
	let rest = room
	return sections.filter((section) => {
		const fits = section.length + between <= rest
		if (fits) rest -= section.length + between
		return fits
	})
}

function fittingRows(table: BodyTable | undefined, room: number): readonly string[] {
	if (table === undefined) return []
	let rest = room - table.head.join('\n').length - 2
	const rows = inRank(table.rows).filter(({ text }) => {
		const fits = text.length + 1 <= rest
		rest = fits ? rest - text.length - 1 : 0
		return fits
	})
	return rows.length === 0 ? [] : [[...table.head, ...rows.map(({ text }) => text)].join('\n')]
}

function notice(
	{ head, table, sections }: BodyParts,
	kept: { readonly rows: number; readonly sections: number; readonly head: number },
	report: string | undefined,
): string {
	const left = [
		counted((table?.rows.length ?? 0) - kept.rows, 'job'),
		counted(sections.length - kept.sections, 'list of notes', 'lists of notes'),
		counted(head.length - kept.head, 'section about files', 'sections about files'),
	].filter((text) => text !== '')
	const where = report === undefined ? '' : ` All of it is in ${report}.`
	const only = left.length === 1 && left[0]?.startsWith('1 ') === true
	return `**${listed(left)} ${only ? 'is' : 'are'} left out here**: a pull request takes no longer text.${where}`
}

const counted = (count: number, one: string, many?: string): string => (count <= 0 ? '' : plural(count, one, many))

const listed = (texts: readonly string[]): string =>
	texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
