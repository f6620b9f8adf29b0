/** From the records of a package to a job of the model. */
import type { Connection, InferredType, Job } from '#model/job.ts'
import { modelVersion } from '#model/job.ts'
import { computedConnections } from './computed-connections.ts'
import { toConnection } from './connection-names.ts'
import type { ConnectionRecord, PackageRecord, ParameterRecord } from './formats/records.ts'
import { findMissing } from './missing-connections.ts'
import { findMissingParameters } from './missing-parameters.ts'
import { collectVariables, taskVariables, toParameter, variableNames } from './names-and-values.ts'
import { createScope } from './package-scope.ts'
import { refusedControl, refusedPart } from './refused-package.ts'
import { withSetConnections } from './scripts/set-connections.ts'
import { systemVariables } from './system-variables.ts'
import { lowerRoot } from './tasks/control-flow.ts'
import type { Collected } from './tasks/task-context.ts'

/** What a package shares with the others of its project. */
export interface ProjectParts {
	readonly connections: readonly ConnectionRecord[]
	readonly parameters: readonly ParameterRecord[]
}

export function lowerPackage(file: string, stored: PackageRecord, project: ProjectParts): Job {
	const record = withSetConnections(stored)
	const { root } = record
	const name = root.name.trim() === '' ? (file.split('/').at(-1) ?? file).replace(/\.dtsx$/i, '') : root.name
	const given = [...record.connections, ...project.connections]
	const missing = findMissing(file, root, given)
	const connections = [...given, ...missing.connections]
	const unknown = findMissingParameters(file, root, [...record.parameters, ...project.parameters])
	const ofProject = [...project.parameters, ...unknown.parameters]
	const parameters = [...record.parameters, ...ofProject]
	const outer = createScope(file, connections, parameters, variableNames(root))
	const scope = outer.within(root)
	const provenance = { file, path: root.refId, lines: root.lines }
	const collected: Collected = {
		flows: [],
		accounting: [],
		differences: [],
		diagnostics: [...missing.diagnostics, ...unknown.diagnostics],
		inferred: [],
		connections: [],
		variables: [],
	}
	const refused = refusedPart(root)
	const control =
		refused === undefined ? lowerRoot(root, scope, collected) : refusedControl(root, refused, scope, collected)
	const variables = collectVariables(root, outer)
	const text = asText([control, collected.flows, variables])
	return {
		version: modelVersion,
		id: `${file}#${name}`,
		name,
		kind: 'package',
		dialect: 'ssis',
		description: root.description,
		toolVersion: `SSIS format ${record.formatVersion}`,
		parameters: [...record.parameters, ...ofProject.filter((one) => text.includes(`"${one.name}"`))].map(toParameter),
		variables: [
			...variables,
			...collected.variables,
			...systemVariables(text, root, scope, provenance),
			...taskVariables(text, root, file),
		],
		connections: withOpened(
			[
				...record.connections,
				...connections
					.filter((one) => one.scope === 'project')
					.filter((one) => text.includes(JSON.stringify(`Project.${one.name}`))),
			].map(toConnection),
			collected.connections,
		),
		flows: collected.flows,
		...agreement(collected.inferred),
		control,
		accounting: collected.accounting,
		differences: [...collected.differences, ...computedConnections(connections, text)],
		diagnostics: collected.diagnostics,
		provenance,
	}
}

/** Connections of the package with those that its scripts open, each once. */
function withOpened(known: readonly Connection[], opened: readonly Connection[]): readonly Connection[] {
	const names = new Set(known.map(({ name }) => name))
	return [...known, ...opened.filter(({ name }) => !names.has(name) && names.add(name))]
}

function agreement(inferred: readonly InferredType[]): Pick<Job, 'types'> {
	if (inferred.length === 0) return {}
	const others = inferred.filter((one) => one.stored !== one.inferred)
	return { types: { equal: inferred.length - others.length, others } }
}

const asText = (value: unknown): string =>
	JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
