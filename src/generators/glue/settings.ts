import type { Node } from '../text/tree.ts'
import type { JobPlan } from './plan/job-plan.ts'

/** Settings that carry meaning, stated instead of left to the defaults of a Spark version. */
export function settingsText(plan: JobPlan, observes: boolean): readonly Node[] {
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
		...(observes
			? [
					['# These rules drop counted steps from empty plans, and their counts never arrive (SPARK-54620).', ''],
					[
						'spark.sql.optimizer.excludedRules',
						'org.apache.spark.sql.catalyst.optimizer.PropagateEmptyRelation,org.apache.spark.sql.catalyst.optimizer.PruneFilters',
					],
					[
						'spark.sql.adaptive.optimizer.excludedRules',
						'org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation',
					],
				]
			: []),
	]
	return [
		'SETTINGS = {',
		...entries.map(([name, value]) => (value === '' ? `    ${name}` : `    "${name}": "${value}",`)),
		'}',
	]
}
