/** Functions that compare texts by how like they are. */
import type { Helper } from './registry.ts'

const functions = 'from pyspark.sql import functions as F'

export const similarityHelpers = {
	words: {
		imports: ['from pyspark.sql import Column', functions],
		needs: [],
		text: `
def words(text: Column, separators: str) -> Column:
    """The words of a text with one blank between each; of a null, none."""
    apart = F.translate(F.coalesce(text, F.lit("")), separators, " " * len(separators))
    return F.trim(F.regexp_replace(apart, " +", " "))
`,
	},
	similarity: {
		imports: ['from pyspark.sql import Column', functions],
		needs: [],
		text: `
def similarity(*pairs: tuple[Column, Column]) -> Column:
    """The share of characters that stay when texts are edited into others (Levenshtein), from 0 to 1, over all pairs together."""
    edits = sum((F.levenshtein(one, other) for one, other in pairs), F.lit(0))
    length = sum((F.greatest(F.length(one), F.length(other)) for one, other in pairs), F.lit(0))
    return F.when(length > 0, 1 - edits / length).otherwise(0.0)
`,
	},
	to_most_similar: {
		imports: [
			'import itertools',
			'from collections.abc import Iterator',
			'from typing import Any',
			'from pyspark.sql import DataFrame',
		],
		needs: ['over_rows'],
		text: `
def to_most_similar(pairs: DataFrame, stage: str) -> DataFrame:
    """Of pairs of similar rows, for each later row the one with the most similar row that begins a group.

    Later rows are taken in order: one that meets the beginning of a group joins it, and so begins none.
    """

    def chosen(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        joined = set()
        for number, group in itertools.groupby(rows, key=lambda row: row["_later"]):
            found = [row for row in group if row["_first"] not in joined]
            if found:
                joined.add(number)
                yield max(found, key=lambda row: (row["_pair_similarity"], -row["_first"]))

    return over_rows(pairs.repartition(1).sortWithinPartitions("_later"), stage, chosen, {})
`,
	},
} as const satisfies Record<string, Helper>
