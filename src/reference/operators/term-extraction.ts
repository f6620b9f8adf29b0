import type { Row } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { termsIn } from '../terms.ts'

export const termExtraction: Interpreter<'term-extraction'> = (operator, inputs, context) => {
	const hit = declareBranches(context, operator, [
		'a term is found',
		...(operator.least > 1 ? ['a term is too rare'] : []),
	])
	const rows = inputs['in'] ?? []
	const found = new Map<string, { frequency: number; rows: number }>()
	for (const row of rows) {
		const terms = termsIn(row[operator.text] ?? null, operator)
		for (const term of terms) {
			const counts = found.get(term) ?? { frequency: 0, rows: 0 }
			found.set(term, counts)
			counts.frequency += 1
		}
		for (const term of new Set(terms)) {
			const counts = found.get(term)
			if (counts !== undefined) counts.rows += 1
		}
	}
	const out = [...found].flatMap(([term, counts]): readonly Row[] => {
		const isEnough = counts.frequency >= operator.least
		hit(isEnough ? 'a term is found' : 'a term is too rare')
		if (!isEnough) return []
		const weight = operator.scoring === 'tfidf' ? Math.log(rows.length / counts.rows) : 1
		return [{ [operator.term]: term, [operator.score]: counts.frequency * weight }]
	})
	return { out }
}
