/**
 * Functions that are printed into scripts which need them, always the same text. With `spark.read…load` and `write…save`
 * they are all that a script uses to reach outside, so an engine can stand in for them by name.
 */
import { changeHelpers } from './changes.ts'
import { clusterHelpers } from './clusters.ts'
import { columnHelpers } from './columns.ts'
import { databaseHelpers } from './database.ts'
import { eventHelpers } from './events.ts'
import { fileHelpers } from './files.ts'
import { flowHelpers } from './flow.ts'
import { hashingHelpers } from './hashing.ts'
import { loopHelpers } from './loops.ts'
import { patternHelpers } from './patterns.ts'
import { procedureHelpers } from './procedures.ts'
import { rowHelpers } from './rows.ts'
import { scriptArchiveHelpers } from './script-archives.ts'
import { scriptCompressionHelpers } from './script-compression.ts'
import { scriptDriverHelpers } from './script-driver.ts'
import { scriptExceptionHelpers } from './script-exceptions.ts'
import { scriptFileHelpers } from './script-files.ts'
import { scriptMomentHelpers } from './script-moments.ts'
import { scriptNumberHelpers } from './script-numbers.ts'
import { scriptRandomHelpers } from './script-random.ts'
import { scriptRowHelpers } from './script-rows.ts'
import { scriptServiceHelpers } from './script-services.ts'
import { scriptSpanHelpers } from './script-spans.ts'
import { scriptTableHelpers } from './script-tables.ts'
import { scriptTextHelpers } from './script-texts.ts'
import { scriptValueHelpers } from './script-values.ts'
import { scriptVisualBasicHelpers } from './script-visual-basic.ts'
import { scriptWebHelpers } from './script-web.ts'
import { scriptWebTextHelpers } from './script-web-texts.ts'
import { secureTransferHelpers } from './secure-transfers.ts'
import { serviceHelpers } from './services.ts'
import { similarityHelpers } from './similarity.ts'
import { termHelpers } from './terms.ts'
import { transferHelpers } from './transfers.ts'
import { workbookHelpers } from './workbooks.ts'
import { xmlHelpers } from './xml.ts'

export interface Helper {
	/** Import lines, as the script has them at its top. */
	readonly imports: readonly string[]
	/** Helpers that it calls. */
	readonly needs: readonly string[]
	readonly text: string
}

const helpers = {
	...columnHelpers,
	...databaseHelpers,
	...changeHelpers,
	...rowHelpers,
	...flowHelpers,
	...hashingHelpers,
	...procedureHelpers,
	...eventHelpers,
	...loopHelpers,
	...fileHelpers,
	...patternHelpers,
	...serviceHelpers,
	...transferHelpers,
	...secureTransferHelpers,
	...clusterHelpers,
	...workbookHelpers,
	...xmlHelpers,
	...scriptValueHelpers,
	...scriptVisualBasicHelpers,
	...scriptTextHelpers,
	...scriptMomentHelpers,
	...scriptNumberHelpers,
	...scriptRandomHelpers,
	...scriptRowHelpers,
	...scriptDriverHelpers,
	...similarityHelpers,
	...termHelpers,
	...scriptExceptionHelpers,
	...scriptSpanHelpers,
	...scriptWebTextHelpers,
	...scriptFileHelpers,
	...scriptArchiveHelpers,
	...scriptCompressionHelpers,
	...scriptServiceHelpers,
	...scriptTableHelpers,
	...scriptWebHelpers,
} as const satisfies Record<string, Helper>

export type HelperName = keyof typeof helpers

/** Names that no function of a job may have. */
export const helperNames: readonly string[] = Object.keys(helpers)

/** The helpers with those that they need, in the order in which a script prints them. */
export function withNeeded(names: Iterable<HelperName>): readonly (Helper & { readonly name: HelperName })[] {
	const wanted = new Set<string>()
	const want = (name: string): void => {
		if (wanted.has(name)) return
		wanted.add(name)
		for (const needed of (helpers as Record<string, Helper>)[name]?.needs ?? []) want(needed)
	}
	for (const name of names) want(name)
	return (Object.keys(helpers) as HelperName[])
		.filter((name) => wanted.has(name))
		.map((name) => ({ name, ...helpers[name] }))
}
