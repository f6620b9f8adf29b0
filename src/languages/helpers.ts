/**
 * Functions that Spark texts call by name. Their source is fixed; a script has each of them that it calls once, so its
 * expressions stay short. They are built from pyspark's own functions and never raise under ANSI mode.
 */
import { basicHelpers } from './datastage-basic/spark-helpers.ts'
import { cobolHelpers } from './datastage-parallel/spark-cobol.ts'
import { parallelHelpers } from './datastage-parallel/spark-helpers.ts'
import { sharedHelpers } from './shared/spark-helpers.ts'
import { ssisHelpers } from './ssis/spark-helpers.ts'

export interface SparkHelper {
	/** Helpers that it calls. */
	readonly needs: readonly string[]
	/** Import lines beside those of `Column` and `functions as F`. */
	readonly imports?: readonly string[]
	readonly text: string
}

/** In the order in which they are printed: none calls a later one. */
const helpers: ReadonlyMap<string, SparkHelper> = new Map(
	Object.entries({ ...sharedHelpers, ...parallelHelpers, ...cobolHelpers, ...ssisHelpers, ...basicHelpers }),
)

/** Names that nothing else in a script may have. */
export const helperNames: ReadonlySet<string> = new Set(helpers.keys())

/** Python source of a helper, `undefined` when there is none of that name. */
export const helperText = (name: string): string | undefined => helpers.get(name)?.text.trim()

/** Texts and comments first, so that words inside them are passed over; then names that follow no point. */
const word = /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|\.\s*\w+|\w+/g

/** Helpers that the code calls and those that they need, in the order in which a script prints them. */
export function helpersUsed(python: string): readonly string[] {
	const wanted = new Set<string>()
	const want = (name: string): void => {
		const helper = helpers.get(name)
		if (helper === undefined || wanted.has(name)) return
		wanted.add(name)
		for (const needed of helper.needs) want(needed)
	}
	for (const [text] of python.matchAll(word)) want(text)
	return [...helpers.keys()].filter((name) => wanted.has(name))
}

/** Import lines of helpers. */
export function helperImports(names: readonly string[]): readonly string[] {
	if (names.length === 0) return []
	const own = names.flatMap((name) => helpers.get(name)?.imports ?? [])
	return [...new Set(['from pyspark.sql import Column', 'from pyspark.sql import functions as F', ...own])]
}

/** Source of everything that the code needs, imports first; empty when it calls no helper. */
export function helperPrelude(python: string): string {
	const names = helpersUsed(python)
	const texts = names.map((name) => helperText(name) ?? '')
	return names.length === 0 ? '' : `${helperImports(names).join('\n')}\n\n\n${texts.join('\n\n\n')}\n`
}
