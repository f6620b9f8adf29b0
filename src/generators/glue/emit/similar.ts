/** The similarity of pairs of columns, as Python variables that conditions and columns share. */
import type { Py } from '#languages/python.ts'
import { allOf, atom, binary, call, fn, pyString } from '#languages/python.ts'
import type { SimilarPair } from '#model/similarity.ts'
import { identifier } from '../../names.ts'
import { sideColumn } from './columns.ts'
import type { FlowContext } from './context.ts'

export interface Similarities {
	readonly lines: readonly string[]
	/** That of the rows, and that of each pair. */
	readonly whole: Py
	readonly each: readonly Py[]
	/** Similar enough, in all and by pair. */
	readonly isMatch: Py
}

/** Of the frames called `left` and `right`. `name` begins the names of the variables. */
export function similarities(
	pairs: readonly SimilarPair[],
	minimum: number,
	name: string,
	context: FlowContext,
): Similarities {
	const [words, similarity] = [context.use('words'), context.use('similarity')]
	const lines: string[] = []
	const separators = new Map<string, string>()
	const variable = (text: string): string => {
		const known = separators.get(text)
		if (known !== undefined) return known
		const made = context.fresh(`${name}_separators`)
		lines.push(`${made} = ${pyString(text)}`)
		separators.set(text, made)
		return made
	}
	const names = pairs.map((pair) => {
		const { left, right, caseless } = pair
		const text = (side: string, column: string): string => {
			const value = sideColumn(side, column)
			return call(words, caseless ? fn('lower', value) : value, atom(variable(pair.separators))).code
		}
		const sides = `(${text('left', left)}, ${text('right', right)})`
		const made = context.fresh(identifier(`${name} ${left}`))
		lines.push(`${made} = ${sides}`)
		return made
	})
	const wholeName = context.fresh(`${name}_similarity`)
	lines.push(`${wholeName} = ${similarity}(${names.join(', ')})`)
	const whole = atom(wholeName)
	const each = pairs.length === 1 ? [whole] : names.map((one) => atom(`${similarity}(${one})`))
	const tests = pairs.flatMap((pair, index) => {
		const own = each[index]
		return own === undefined || pair.minimum <= 0 || pairs.length === 1
			? []
			: [binary('>=', own, atom(decimal(pair.minimum)))]
	})
	const most = pairs.length === 1 ? Math.max(minimum, pairs[0]?.minimum ?? 0) : minimum
	const all = most > 0 ? binary('>=', whole, atom(decimal(most))) : binary('>', whole, atom('0'))
	return { lines, whole, each, isMatch: allOf([all, ...tests]) ?? all }
}

const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))
