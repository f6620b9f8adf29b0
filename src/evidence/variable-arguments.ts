import { variableFields } from '#generators/glue/plan/variable-fields.ts'
import type { Job } from '#model/job.ts'
import type { JsonValue } from '#model/json-values.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import type { Scenario } from '#synthesis/scenario.ts'

/** What a scenario has the script's variables begin with, by their fields. */
export function variableArguments(job: Job, { variables }: Scenario): Readonly<Record<string, JsonValue>> {
	const fields = variableFields(job)
	return Object.fromEntries(
		[...(variables ?? [])].map(([name, value]) => [fields.get(name) ?? name, asPython(value)] as const),
	)
}

/** Whole numbers, truth values and texts: what scenarios set. */
function asPython(value: Value): JsonValue {
	if (typeof value === 'bigint') return Number(value)
	return typeof value === 'boolean' || value === null ? value : valueText(value)
}
