/**
 * Meanings of the old job that the reference interpreter can take on in place of those of the new one, so that the rows can be
 * shown which a declared difference changes. Where the old engine leaves its choice open, a meaning is one of its choices.
 * The text completes "Supposing that …".
 */
export const legacyMeanings = {
	'other-order': 'the rows arrive the other way round',
	'two-partitions': 'the rows are dealt in turn over two partitions',
	'last-match': 'the reference rows of a key arrive the other way round',
	'moving-clock': 'a second passes each time the clock is read',
	'order-of-locale': 'text sorts by the rules of a language',
	'database-collation': 'the database takes no notice of case and of blanks at the end when it compares keys',
	'old-machine': 'the run has another machine and another id',
	'one-buffer': 'all rows are in one buffer',
	'other-draws': 'other random rows are drawn',
	'first-key': 'the row without any value has the first key',
	'plain-currency': 'a currency is hashed with all four digits',
	'half-rounded': 'results are rounded half up',
	'spread-of-one-null': 'the spread of one value is null',
} as const satisfies Record<string, string>

export type LegacyMeaning = keyof typeof legacyMeanings
