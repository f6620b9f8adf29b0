/** The known word that somebody most likely meant; undefined where none is near. */
export function closest(word: string, known: readonly string[]): string | undefined {
	const wanted = word.toLowerCase().slice(0, 40)
	const [best] = known
		.map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
		.filter(({ candidate, distance: far }) => far <= Math.max(1, Math.floor(candidate.length / 3)))
		.toSorted((left, right) => left.distance - right.distance)
	return best?.candidate
}

/** Single letters to add, drop, change or swap with a neighbour. */
function distance(left: string, right: string): number {
	let [before, last]: [number[], number[]] = [[], Array.from({ length: right.length + 1 }, (_none, column) => column)]
	for (let row = 1; row <= left.length; row++) {
		const next = [row]
		for (let column = 1; column <= right.length; column++) {
			const [a, b] = [left[row - 1], right[column - 1]]
			const changed = (last[column - 1] ?? 0) + (a === b ? 0 : 1)
			let least = Math.min(changed, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1)
			if (row > 1 && column > 1 && a === right[column - 2] && left[row - 2] === b)
				least = Math.min(least, (before[column - 2] ?? 0) + 1)
			next.push(least)
		}
		;[before, last] = [last, next]
	}
	return last[right.length] ?? 0
}
