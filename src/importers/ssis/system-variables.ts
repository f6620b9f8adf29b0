/** Variables that the engine fills, as far as a package reads them. */
import { lowerSsis } from '#languages/ssis/lower.ts'
import { toModel } from '#languages/ssis/types.ts'
import type { Variable } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Provenance } from '#model/provenance.ts'
import { text } from '#model/types.ts'
import { typeDefault } from './flow/values.ts'
import { property } from './formats/properties.ts'
import type { ExecutableRecord } from './formats/records.ts'
import type { PackageScope } from './package-scope.ts'

/** @param job the lowered job as text, in which the names that it reads occur. */
export function systemVariables(
	job: string,
	root: ExecutableRecord,
	scope: PackageScope,
	provenance: Provenance,
): readonly Variable[] {
	const facts: Readonly<Record<string, string>> = {
		PackageName: root.name,
		PackageID: root.id,
		VersionGUID: property(root.element, 'VersionGUID') ?? '',
		TaskName: root.name,
		TaskID: root.id,
		VersionMajor: property(root.element, 'VersionMajor') ?? '1',
		VersionMinor: property(root.element, 'VersionMinor') ?? '0',
		VersionBuild: property(root.element, 'VersionBuild') ?? '0',
		LocaleID: property(root.element, 'LocaleID') ?? '1033',
		VersionComments: property(root.element, 'VersionComments') ?? '',
		CreatorName: property(root.element, 'CreatorName') ?? '',
		CreatorComputerName: property(root.element, 'CreatorComputerName') ?? '',
	}
	const names = new Set([...job.matchAll(/"System::(\w+)"/g)].map((match) => match[1] ?? ''))
	return [...names].flatMap((name): readonly Variable[] => {
		const known = scope.value(`System::${name}`)
		if (known === undefined) return []
		const type = toModel(known.type)
		const fact = facts[name]
		const value =
			fact === undefined ? typeDefault(known.type) : type.kind === 'int' ? BigInt(fact.replace(/\D/g, '') || 0) : fact
		const computed = computedFact(name)
		return [
			{
				name: known.name,
				type,
				initial: { kind: 'literal', value, type },
				...(computed === undefined ? {} : { expression: computed }),
				provenance,
			},
		]
	})
}

/** Facts that only the run knows. */
function computedFact(name: string): SourcedExpression | undefined {
	if (/StartTime$/.test(name)) return lowerSsis('(DT_DATE)GETDATE()', { columns: [], variables: [] }).expression
	const operation = runFacts[name]
	if (operation === undefined) return undefined
	return { expression: { kind: 'call', operation, args: [], type: text() }, text: `@[System::${name}]` }
}

const runFacts: Readonly<Record<string, string>> = { ExecutionInstanceGUID: 'ssis.run-id', MachineName: 'ssis.host' }
