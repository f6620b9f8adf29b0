/** How much of a story can go wrong: the first line of its golden, and a line of the table in docs/verification.md. */
export interface Counts {
	readonly writes: number
	/** Kill points without `REGLUE_FULL`. */
	readonly usually: number
}

export const counted = ({ writes, usually }: Counts): string => `writes: ${writes}, kill points: ${usually}\n`

/** What {@link counted} wrote. */
export function countsIn(golden: string): Counts | undefined {
	const [, writes, usually] = /^writes: (\d+), kill points: (\d+)\n/.exec(golden) ?? []
	return usually === undefined ? undefined : { writes: Number(writes), usually: Number(usually) }
}
