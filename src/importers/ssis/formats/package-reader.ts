/** Reads a whole package from its XML tree, whatever its format version. */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Provenance } from '#model/provenance.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf, listOf } from '../../xml/element.ts'
import { readXml } from '../../xml/reader.ts'
import { readConfigurations } from './configuration-reader.ts'
import { readConnection } from './connection-reader.ts'
import { readExecutable } from './executable-reader.ts'
import { packageFilter } from './namespaces.ts'
import { readPackageParameters } from './parameter-reader.ts'
import { flag, propertyElement, whole } from './properties.ts'
import type { PackageRecord } from './records.ts'
import { stripSecrets } from './secrets.ts'

export interface ReadPackage {
	/** Absent when the file holds no readable package; a diagnostic says why. */
	readonly package?: PackageRecord
	readonly diagnostics: readonly Diagnostic[]
}

/** Reads the XML of any file of a project and takes its secrets out. */
export function readClean(file: string, bytes: Uint8Array): { root?: XmlElement; diagnostics: readonly Diagnostic[] } {
	const document = readXml(file, bytes, packageFilter)
	if (document.root === undefined) return { diagnostics: document.diagnostics }
	if (isEncrypted(document.root)) return { diagnostics: [...document.diagnostics, encrypted(file, document.root)] }
	const { element, dropped } = stripSecrets(document.root)
	const secrets = dropped.map((secret) =>
		diagnose('package/sensitive-dropped', place(file, secret.what, secret.lines), {
			what: `A secret was left out: ${secret.what}.`,
			why: 'Sensitive values never leave the export.',
		}),
	)
	return { root: element, diagnostics: [...document.diagnostics, ...secrets] }
}

/** @param file path that provenance names. Never throws for bad input. */
export function readPackage(file: string, bytes: Uint8Array): ReadPackage {
	const { root, diagnostics } = readClean(file, bytes)
	if (root === undefined) return { diagnostics }
	if (root.name !== 'DTS:Executable') {
		const why = `Its root element is ${JSON.stringify(root.name.slice(0, 80))}, not DTS:Executable.`
		const words = { what: 'The file is not an SSIS package.', why }
		return { diagnostics: [...diagnostics, diagnose('file/not-an-export', place(file, file, root.lines), words)] }
	}
	const version = whole(propertyElement(root, 'PackageFormatVersion')?.text, 0)
	const record = {
		formatVersion: version,
		connections: listOf(root, 'DTS:ConnectionManagers', 'DTS:ConnectionManager').map((one) =>
			readConnection(one, 'package', file),
		),
		parameters: readPackageParameters(root, file),
		configurations: flag(root, 'EnableConfig') ? readConfigurations(root) : [],
		root: readExecutable(root, root.attributes.get('DTS:refId') ?? 'Package'),
	}
	return { package: record, diagnostics }
}

/** With a protection level that encrypts everything, nothing but the encrypted data is left of the package. */
function isEncrypted(root: XmlElement): boolean {
	return root.name === 'EncryptedData' || childOf(root, 'EncryptedData') !== undefined
}

function encrypted(file: string, root: XmlElement): Diagnostic {
	return diagnose('package/encrypted', place(file, file, root.lines), {
		what: 'The package is encrypted.',
		why: 'Its protection level encrypts all of it with a password or a user key.',
	})
}

function place(file: string, path: string, lines: Provenance['lines']): Provenance {
	return { file, path, lines }
}
