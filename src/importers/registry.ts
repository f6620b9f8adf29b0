/** Every importer there is. A new one is a line here; what it reads and how it is recognised it says itself. */
import { assetImporter, dsXmlImporter, dsxImporter, flowImporter, isxImporter } from './datastage/importer.ts'
import type { ExportFormat, Importer } from './importer.ts'
import {
	conmgrImporter,
	dtprojImporter,
	dtsConfigImporter,
	dtsxImporter,
	ispacImporter,
	paramsImporter,
} from './ssis/importer.ts'

const importers = {
	dsx: dsxImporter,
	'ds-xml': dsXmlImporter,
	isx: isxImporter,
	'ds-asset': assetImporter,
	'ds-flow': flowImporter,
	dtsx: dtsxImporter,
	ispac: ispacImporter,
	conmgr: conmgrImporter,
	params: paramsImporter,
	dtsconfig: dtsConfigImporter,
	dtproj: dtprojImporter,
} as const satisfies Partial<Record<ExportFormat, Importer>>

/** The importer for a file: by what its first kilobytes show, or by the ending of its name; undefined for what is no export. */
export function importerFor(path: string, head: Uint8Array): Importer | undefined {
	return Object.values<Importer>(importers).find((importer) => importer.detect(path, head))
}
