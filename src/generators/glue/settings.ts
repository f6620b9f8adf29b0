import type { Node } from '../text/tree.ts'
import type { JobPlan } from './plan/job-plan.ts'

const optimizer = 'org.apache.spark.sql.catalyst.optimizer'

/** What a script does while rows pass, and must do even for rows that nobody needs. */
export interface Watching {
	/** It counts rows. */
	readonly counts: boolean
	/** It ends the run at a row that must not be. */
	readonly checks: boolean
}

/** Settings that carry meaning, stated instead of left to the defaults of a Spark version. */
export function settingsText(plan: JobPlan, watching: Watching): readonly Node[] {
	const readsFiles = plan.places.some(
		({ operator }) => operator.kind === 'read' && operator.source.kind === 'text-file',
	)
	const encoded = plan.places.some(({ operator }) => {
		const place = operator.kind === 'read' ? operator.source : operator.target
		return place.kind === 'text-file' && !/^utf-?8$/i.test(place.layout.encoding)
	})
	const entries = [
		['spark.sql.session.timeZone', 'UTC'],
		['spark.sql.ansi.enabled', 'true'],
		['spark.sql.caseSensitive', 'true'],
		['spark.sql.legacy.timeParserPolicy', 'CORRECTED'],
		['# A name inside a lambda means the column, never an alias of the same select.', ''],
		['spark.sql.lateralColumnAlias.enableImplicitResolution', 'false'],
		...(readsFiles
			? [
					['# One block of a file for each partition: see number_lines.', ''],
					['spark.sql.files.maxPartitionBytes', '134217728'],
					['spark.sql.files.openCostInBytes', '134217728'],
				]
			: []),
		...(encoded
			? [
					['# Spark 4 knows few encodings without it.', ''],
					['spark.sql.legacy.javaCharsets', 'true'],
				]
			: []),
		...everyRow(watching),
	]
	return [
		'SETTINGS = {',
		...entries.map(([name, value]) => (value === '' ? `    ${name}` : `    "${name}": "${value}",`)),
		'}',
	]
}

/**
 * Spark leaves out what no output needs: the other input of a join that is empty, rows below a filter that nothing passes.
 * A count would never arrive (SPARK-54620), and a row that must end the run would not, as it does in the source.
 */
function everyRow({ counts, checks }: Watching): readonly (readonly [string, string])[] {
	if (!counts && !checks) return []
	const rules = ['PropagateEmptyRelation', 'PruneFilters', ...(checks ? ['EliminateOuterJoin'] : [])]
	const what = [...(counts ? ['counted'] : []), ...(checks ? ['checked'] : [])].join(' and ')
	return [
		[`# Rows are ${what} even where no output needs them; these rules would leave them out.`, ''],
		['spark.sql.optimizer.excludedRules', rules.map((rule) => `${optimizer}.${rule}`).join(',')],
		['spark.sql.adaptive.optimizer.excludedRules', 'org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation'],
	]
}
