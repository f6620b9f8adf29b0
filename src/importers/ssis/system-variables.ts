/** Variables that the engine fills, as far as a package reads them. */
import { lowerSsis } from '#languages/ssis/lower.ts'
import { toModel } from '#languages/ssis/types.ts'
import type { Variable } from '#model/control-flow.ts'
import type { Provenance } from '#model/provenance.ts'
import { typeDefault } from './flow/values.ts'
import { property } from './formats/properties.ts'
import type { ExecutableRecord } from './formats/records.ts'
import type { PackageScope } from './package-scope.ts'

/** @param text the lowered job as text, in which the names that it reads occur. */
export function systemVariables(
	text: string,
	root: ExecutableRecord,
	scope: PackageScope,
	provenance: Provenance,
): readonly Variable[] {
	const facts: Readonly<Record<string, string>> = {
		PackageName: root.name,
		PackageID: root.id,
		TaskName: root.name,
		TaskID: root.id,
		VersionMajor: property(root.element, 'VersionMajor') ?? '1',
		VersionMinor: property(root.element, 'VersionMinor') ?? '0',
		VersionBuild: property(root.element, 'VersionBuild') ?? '0',
		LocaleID: property(root.element, 'LocaleID') ?? '1033',
	}
	const names = new Set([...text.matchAll(/"System::(\w+)"/g)].map((match) => match[1] ?? ''))
	return [...names].flatMap((name): readonly Variable[] => {
		const known = scope.value(`System::${name}`)
		if (known === undefined) return []
		const type = toModel(known.type)
		const fact = facts[name]
		const value =
			fact === undefined ? typeDefault(known.type) : type.kind === 'int' ? BigInt(fact.replace(/\D/g, '') || 0) : fact
		const clock = /StartTime$/.test(name)
			? lowerSsis('(DT_DATE)GETDATE()', { columns: [], variables: [] }).expression
			: undefined
		return [
			{
				name: known.name,
				type,
				initial: { kind: 'literal', value, type },
				...(clock === undefined ? {} : { expression: clock }),
				provenance,
			},
		]
	})
}
