/**
 * Next-generation DataStage: flows, subflows and pipelines as JSON documents, in a ZIP or in the folders of a git repository,
 * with parameter sets and connections beside them.
 */
import type { Diagnostic } from '#model/diagnostics.ts'
import type { ExportFile } from '../../../importer.ts'
import type { JsonNode } from '../../../json/node.ts'
import { textAt } from '../../../json/node.ts'
import { readJson } from '../../../json/reader.ts'
import type { ZipMember } from '../../../zip/archive.ts'
import { isArchive, openArchive } from '../../../zip/archive.ts'
import { decodeHead } from '../dsx/decode.ts'
import type { DsxSection } from '../dsx/records.ts'
import type { ExportReader, Report } from '../open-export.ts'
import type { AssetKind } from './assets.ts'
import { assetName, kindByFolder, kindOf } from './assets.ts'
import { connectionSection } from './connection-asset.ts'
import { flowSections } from './flow-sections.ts'
import { parameterSetSection } from './parameters.ts'
import { pipelineSections } from './pipeline-sections.ts'

const json = /^(?:\u{FEFF}|ï»¿)?\s*\{/u
const marks = /"(?:primary_pipeline|pipelines|external_paramsets|parameter_set|json_schema)"|pipeline-flow-v3-schema/

export const flowReader: ExportReader = {
	detect(path, head) {
		if (isArchive(head)) return !/\.(?:ispac|isx)$/i.test(path)
		const text = decodeHead(head)
		return json.test(text) && (marks.test(text) || isAssetPath(path))
	},
	open(file) {
		if (!isArchive(file.bytes)) {
			const member = { path: file.path, read: () => file.bytes }
			return { diagnostics: [], sections: (wanted, report) => read(file.path, [member], false, wanted, report) }
		}
		const { members, diagnostics } = openArchive(file.path, file.bytes)
		const assets = members.filter(
			({ path }) => isAssetPath(path) || (/\.json$/i.test(path) && kindByFolder(path) !== false),
		)
		return { diagnostics, sections: (wanted, report) => read(file.path, assets, true, wanted, report) }
	},
}

/** A document that holds no flow, but that flows refer to: a parameter set or a connection. */
export function isSharedAsset(path: string, head: Uint8Array): boolean {
	if (isArchive(head)) return false
	const text = decodeHead(head)
	const kind = kindByFolder(path)
	if (kind === 'parameter-set' || kind === 'connection') return json.test(text)
	return kind === undefined && /^\W*"parameter_set"\s*:\s*\{/.test(text)
}

export const readAsset = (file: ExportFile): readonly Diagnostic[] => readJson(file.path, '', file.bytes).diagnostics

/** A document in one of the folders of a project, whatever its ending. */
const isAssetPath = (path: string): boolean => typeof kindByFolder(path) === 'string'

/** What else a flow of the same name would be mixed up with. */
const suffixes: Readonly<Record<AssetKind, string>> = {
	flow: '',
	subflow: ' (subflow)',
	pipeline: ' (pipeline)',
	'parameter-set': '',
	connection: '',
}

function* read(
	file: string,
	members: readonly ZipMember[],
	archive: boolean,
	wanted: (kind: string) => boolean,
	report: Report,
): Generator<DsxSection> {
	const flows = new Set(members.filter(({ path }) => kindByFolder(path) === 'flow').map(({ path }) => plainName(path)))
	for (const member of members) {
		const bytes = member.read(report)
		if (bytes === undefined) continue
		const { root, diagnostics } = readJson(file, archive ? member.path : '', bytes)
		for (const diagnostic of diagnostics) report(diagnostic)
		if (root === undefined) continue
		const kind = kindByFolder(member.path) || kindOf(root)
		if (kind === undefined) continue
		const plain = assetName(member.path, root)
		const name = kind !== 'flow' && flows.has(plain) ? `${plain}${suffixes[kind]}` : plain
		const sections = sectionsOf(root, kind, name).filter((section) => wanted(section.kind))
		if (sections.length > 0 && wanted('HEADER')) yield header(root)
		yield* sections
	}
}

const plainName = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.json$/i, '')

function sectionsOf(root: JsonNode, kind: AssetKind, name: string): readonly DsxSection[] {
	switch (kind) {
		case 'flow':
			return flowSections(root, name, 'DSJOB')
		case 'subflow':
			return flowSections(root, name, 'DSSHAREDCONTAINER')
		case 'pipeline':
			return pipelineSections(root, name)
		case 'parameter-set':
			return some(parameterSetSection(root))
		case 'connection':
			return some(connectionSection(root, name))
	}
}

const some = (section: DsxSection | undefined): readonly DsxSection[] => (section === undefined ? [] : [section])

function header(root: JsonNode): DsxSection {
	const version = textAt(root, 'app_data', 'datastage', 'version')
	const values = new Map([['ServerVersion', version === '' ? 'next generation' : `next generation ${version}`]])
	return { kind: 'HEADER', values, records: [], lines: { start: root.line, end: root.line } }
}
