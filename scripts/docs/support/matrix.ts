/** The support matrices: what is translated, and for which reasons an element of a kind that is translated stays opaque. */
import { stageTypes } from '#importers/datastage/formats/flow/connector-types.ts'
import { notTranslated } from '#importers/datastage/sequences/registry.ts'
import { databaseConnectors } from '#importers/datastage/stages/connectors/databases.ts'
import { flowSources } from '#importers/datastage/stages/connectors/flow-sources.ts'
import { nativeDatabases } from '#importers/datastage/stages/connectors/native-database.ts'
import { opaqueStages } from '#importers/datastage/stages/opaque-reasons.ts'
import { unsupportedTasks } from '#importers/ssis/tasks/unsupported.ts'
import { activityNames, componentNames, serverStageNames, stageNames, taskNames } from './names.ts'
import type { RegistryEntry } from './registry-text.ts'
import { reasonsIn, registryEntries, standingReason } from './registry-text.ts'

const intro = `Every element of an export counts as exact, as declared (it runs, and differs in a stated way), as dropped by design, or as opaque: read, kept with its text, and a stub in the script that fails when it is reached. A kind that these tables do not name is opaque, as are those of the last table. So is an element of a kind that they name when one of the reasons holds for it; \`…\` stands for what the export says. The reasons are those of the code.`

export function renderDataStageSupport(): string {
	const connectors = [...Object.keys(databaseConnectors), ...Object.keys(nativeDatabases)].sort()
	const codes = (types: Iterable<string>): string =>
		[...types]
			.toSorted()
			.map((type) => `\`${type}\``)
			.join(', ')
	return page('DataStage: what is translated', [
		['Stages of parallel jobs', table(registryEntries('src/importers/datastage/registry.ts', 'stages'), stageNames)],
		[
			'Database connectors',
			`${connectors.map((type) => `\`${type}\``).join(', ')}\n\nThey read tables, statements and lookups, and write by the modes of their settings.\n\n${list(
				[
					...reasonsIn('src/importers/datastage/stages/connectors/database-connector.ts'),
					...reasonsIn('src/importers/datastage/stages/connectors/native-database.ts'),
				],
			)}`,
		],
		[
			'Connections of flows',
			[
				`These are connectors for the same database or store: ${codes(stageTypes.keys())}.`,
				`Rows of these systems are data sets for somebody to fill, and a flow that writes to one of them is opaque: ${codes(Object.keys(flowSources))}.`,
			].join('\n\n'),
		],
		[
			'Stages of server jobs',
			table(registryEntries('src/importers/datastage/server/registry.ts', 'serverStages'), serverStageNames),
		],
		[
			'Activities of job sequences',
			`${table(registryEntries('src/importers/datastage/sequences/registry.ts', 'activities'), activityNames)}\n\nA Start Loop becomes one task with its End Loop and all between.`,
		],
		['Activities that are known and not translated', reasonTable(notTranslated)],
		['Stages that are known and not translated', reasonTable(opaqueStages)],
	])
}

export function renderSsisSupport(): string {
	return page('SSIS: what is translated', [
		[
			'Components of data flows',
			table(registryEntries('src/importers/ssis/components/registry.ts', 'components'), componentNames),
		],
		['Tasks and containers', table(registryEntries('src/importers/ssis/tasks/registry.ts', 'tasks'), taskNames)],
		['Tasks that are known and not translated', reasonTable(unsupportedTasks)],
	])
}

function page(title: string, sections: readonly (readonly [string, string])[]): string {
	const body = sections.map(([head, text]) => `## ${head}\n\n${text}`).join('\n\n')
	return `<!-- Printed from the registries of src/importers by npm run docs. -->\n\n# ${title}\n\n${intro}\n\n${body}\n`
}

/** One row for each name: several types may be lowered by the same code. */
function table(entries: readonly RegistryEntry[], names: Readonly<Record<string, string>>): string {
	const rows = entries
		.map((entry) => ({ entry, name: names[entry.type] ?? entry.type }))
		.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.entry.type.localeCompare(b.entry.type, 'en'))
		.map(({ entry, name }) => {
			const standing = standingReason(entry.file, entry.member)
			const support = standing === undefined ? 'translated' : 'opaque'
			return `| ${name} | \`${entry.type}\` | ${support} | ${notes(standing === undefined ? reasonsIn(entry.file) : [standing])} |`
		})
	return ['| name | type | support | opaque when |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** Kinds that are always opaque, those of one reason together. */
function reasonTable(reasons: Readonly<Record<string, string>>): string {
	const types = Object.keys(reasons).toSorted((a, b) => a.localeCompare(b, 'en'))
	const rows = [...Map.groupBy(types, (type) => reasons[type] ?? '')].map(
		([reason, those]) => `| ${those.map((type) => `\`${type}\``).join(', ')} | ${cell(reason)} |`,
	)
	return ['| type | why |', '| --- | --- |', ...rows].join('\n')
}

const notes = (reasons: readonly string[]): string => reasons.map(cell).join('<br>')
const list = (reasons: readonly string[]): string =>
	`Opaque when:\n\n${[...new Set(reasons)].map((reason) => `- ${cell(reason)}`).join('\n')}`
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*')
