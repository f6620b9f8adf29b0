/** The importers of SSIS: packages, and the files of a project that packages refer to. */

import type { Diagnostic } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { ExportFile, Importer, ImportRequest, ImportResult } from '../importer.ts'
import { isArchive } from '../zip/archive.ts'
import type { ConfigurationFile } from './configurations.ts'
import { applyConfigurations } from './configurations.ts'
import { readConfiguredValues } from './formats/configuration-reader.ts'
import { readConnection } from './formats/connection-reader.ts'
import { openProject } from './formats/ispac.ts'
import { readClean, readPackage } from './formats/package-reader.ts'
import { readProjectParameters } from './formats/parameter-reader.ts'
import { readProjectConfigurations, withConfigurations } from './formats/project-reader.ts'
import type { PackageRecord } from './formats/records.ts'
import type { ProjectParts } from './lower-package.ts'
import { lowerPackage } from './lower-package.ts'

const endsWith = (path: string, ending: string): boolean => path.toLowerCase().endsWith(ending)

/** The first bytes as text, whatever the encoding: UTF-16 loses its zero bytes. */
function headText(head: Uint8Array): string {
	return new TextDecoder('latin1').decode(head).replaceAll('\0', '')
}

const isPackage = (head: string): boolean =>
	/<(?:\w+:)?Executable\b[^>]*www\.microsoft\.com\/SqlServer\/Dts/i.test(head)

function readDtsx({ file, companions }: ImportRequest): ImportResult {
	const { package: record, diagnostics } = readPackage(file.path, file.bytes)
	if (record === undefined) return { jobs: [], diagnostics }
	return { jobs: [lowerConfigured(file.path, record, companions)], diagnostics }
}

/** Problems of members are told once for each; the archive stands for the place, which is what a user can open. */
function readIspac({ file }: ImportRequest): ImportResult {
	const project = openProject(file)
	const diagnostics: Diagnostic[] = [...project.diagnostics]
	const inArchive = (one: Diagnostic, member: string): Diagnostic => ({
		...one,
		provenance: { ...one.provenance, path: `${member}: ${one.provenance.path}` },
	})
	for (const member of project.companions) {
		const found = readClean(file.path, member.bytes).diagnostics
		diagnostics.push(...found.map((one) => inArchive(one, member.path)))
	}
	const jobs = project.packages.flatMap((member): readonly Job[] => {
		const { package: record, diagnostics: found } = readPackage(file.path, member.bytes)
		diagnostics.push(...found.map((one) => inArchive(one, member.path)))
		return record === undefined ? [] : [lowerConfigured(file.path, record, project.companions)]
	})
	return { jobs, diagnostics }
}

function lowerConfigured(file: string, record: PackageRecord, companions: readonly ExportFile[]): Job {
	const configured = applyConfigurations(file, record, configurationFiles(companions))
	const job = lowerPackage(file, configured.record, readProject(companions))
	return { ...job, diagnostics: [...configured.diagnostics, ...job.diagnostics] }
}

function configurationFiles(companions: readonly ExportFile[]): readonly ConfigurationFile[] {
	return companions
		.filter((one) => endsWith(one.path, '.dtsconfig'))
		.flatMap(({ path, bytes }) => {
			const { root } = readClean(path, bytes)
			return root === undefined ? [] : [{ path, values: readConfiguredValues(root) }]
		})
}

/** Problems of a companion are told once, where that file itself is read. */
function readProject(companions: readonly ExportFile[]): ProjectParts {
	const read = (ending: string) =>
		companions
			.filter((file) => endsWith(file.path, ending))
			.flatMap((file) => {
				const { root } = readClean(file.path, file.bytes)
				return root === undefined ? [] : [{ root, path: file.path }]
			})
	return {
		connections: read('.conmgr').map(({ root, path }) => readConnection(root, 'project', path)),
		parameters: withConfigurations(
			read('.params').flatMap(({ root, path }) => readProjectParameters(root, path)),
			read('.dtproj').flatMap(({ root }) => readProjectConfigurations(root)),
		),
	}
}

const readCompanion = ({ file }: ImportRequest): ImportResult => ({
	jobs: [],
	diagnostics: readClean(file.path, file.bytes).diagnostics,
})

export const dtsxImporter: Importer = {
	format: 'dtsx',
	endings: ['.dtsx'],
	companion: false,
	detect: (path, head) => endsWith(path, '.dtsx') || isPackage(headText(head)),
	read: readDtsx,
}

export const ispacImporter: Importer = {
	format: 'ispac',
	endings: ['.ispac'],
	companion: false,
	detect: (path, head) => endsWith(path, '.ispac') && isArchive(head),
	read: readIspac,
}

export const dtsConfigImporter: Importer = {
	format: 'dtsconfig',
	endings: ['.dtsconfig'],
	companion: true,
	detect: (path) => endsWith(path, '.dtsconfig'),
	read: readCompanion,
}

/** The project file lists packages and connection managers, which are read by themselves; its configurations set parameters. */
export const dtprojImporter: Importer = {
	format: 'dtproj',
	endings: ['.dtproj'],
	companion: true,
	detect: (path) => endsWith(path, '.dtproj'),
	read: readCompanion,
}

export const conmgrImporter: Importer = {
	format: 'conmgr',
	endings: ['.conmgr'],
	companion: true,
	detect: (path) => endsWith(path, '.conmgr'),
	read: readCompanion,
}

export const paramsImporter: Importer = {
	format: 'params',
	endings: ['.params'],
	companion: true,
	detect: (path) => endsWith(path, '.params'),
	read: readCompanion,
}
