/** The importers of SSIS: packages, and the files of a project that packages refer to. */
import type { ExportFile, Importer, ImportRequest, ImportResult } from '../importer.ts'
import { readConnection } from './formats/connection-reader.ts'
import { readClean, readPackage } from './formats/package-reader.ts'
import { readProjectParameters } from './formats/parameter-reader.ts'
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
	return { jobs: [lowerPackage(file.path, record, readProject(companions))], diagnostics }
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
		parameters: read('.params').flatMap(({ root, path }) => readProjectParameters(root, path)),
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
