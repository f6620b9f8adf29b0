/** Declared differences of steps that compare rows by how like they are. */
export const likenessDifferences = {
	'RG-D140': {
		title: 'A fuzzy lookup compares by the edit distance',
		why: 'The legacy transformation weighs words and parts of words by a measure that is not published. The new job breaks texts at the same delimiters and takes 1 − edits ÷ length (Levenshtein) over all compared columns together; its confidence is the similarity divided by the number of reference rows that are at least as similar. Accents, kana and width count as differences.',
		check:
			'Compare matches and scores with a legacy run, and set the threshold anew: scores of the two are not the same.',
	},
	'RG-D141': {
		title: 'A fuzzy grouping compares by the edit distance, and the first row stands for its group',
		why: 'The legacy transformation weighs words and parts of words by a measure that is not published, and chooses the row that stands for a group by it. The new job takes rows in order of arrival: each joins the group whose first row it is most like by 1 − edits ÷ length (Levenshtein), or begins one.',
		check: 'Compare groups with a legacy run, and set the threshold anew: scores of the two are not the same.',
	},
} as const
