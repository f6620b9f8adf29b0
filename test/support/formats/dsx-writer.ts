/** DSX text of an export, and the same records as a DataStage XML export. */
import { escapeDsx } from '#importers/datastage/formats/dsx/escapes.ts'
import type { DsxItem, DsxRecord, DsxSection } from '#importers/datastage/formats/dsx/records.ts'
import { readSections } from '#importers/datastage/formats/dsx/records.ts'
import { dsxJob, header, record } from '../dsx-builder.ts'
import type { ExportSpec } from './export-spec.ts'

export function writeDsx({ jobs, sets, note }: ExportSpec): string {
	const annotation = record({ Identifier: 'V0A1', OLEType: 'CAnnotation', Name: 'V0A1', AnnotationText: note })
	const setRecords = sets.map(({ name, parameters, files }) => {
		// The builder escapes no marks, so the value files are put in afterwards, as the exporter writes them.
		const text = record({ Identifier: name, OLEType: 'CParameterSet', ParamValues: '@' }, { Parameters: parameters })
		const values = Object.entries(files).map(([file, pairs]) =>
			[file, ...Object.entries(pairs).map(([key, value]) => escapeDsx(`${key}=${value}`))].join('\\S'),
		)
		return text.replace('"@"', `"${values.join('\\V')}"`)
	})
	return [
		header,
		...jobs.map((job) => dsxJob(job).replace('END DSJOB', `${annotation}\nEND DSJOB`)),
		'BEGIN DSPARAMETERSETS',
		...setRecords,
		'END DSPARAMETERSETS',
		'',
	].join('\n')
}

const elements: Readonly<Record<string, string>> = { DSJOB: 'Job', DSPARAMETERSETS: 'ParameterSets' }

/** The same records as XML: class names without their C, control characters and marks still escaped. */
export function writeDsXml(spec: ExportSpec, encoding = 'UTF-8'): string {
	const sections = [
		...readSections(
			writeDsx(spec),
			'',
			() => true,
			() => undefined,
		),
	]
	const body = sections.map((section) =>
		section.kind === 'HEADER' ? `<Header ${attributes(section.values)}/>` : sectionXml(section),
	)
	return `<?xml version="1.0" encoding="${encoding}"?>\n<DSExport>\n${body.join('\n')}\n</DSExport>\n`
}

function sectionXml({ kind, values, records }: DsxSection): string {
	const name = elements[kind] ?? kind
	return `<${name} ${attributes(values)}>\n${records.map(recordXml).join('\n')}\n</${name}>`
}

function recordXml({ values, collections }: DsxRecord): string {
	const type = (values.get('OLEType') ?? '').replace(/^C/, '')
	const own = [...values].filter(([key]) => key !== 'Identifier' && key !== 'OLEType')
	const lists = [...collections].map(
		([key, items]) => `<Collection Name="${key}" Type="${key}">${items.map(itemXml).join('')}</Collection>`,
	)
	const head = `<Record Identifier="${escapeXml(values.get('Identifier') ?? '')}" Type="${type}" Readonly="0">`
	return [head, ...own.map(propertyXml), ...lists, '</Record>'].join('\n')
}

const itemXml = ({ values }: DsxItem): string => `<SubRecord>${[...values].map(propertyXml).join('')}</SubRecord>`

function propertyXml([key, value]: readonly [string, string]): string {
	const more = value.includes('\n') ? ' PreFormatted="1"' : ''
	return `<Property Name="${escapeXml(key)}"${more}>${escapeXml(controls(value))}</Property>`
}

const controls = (text: string): string =>
	text
		.replaceAll('\u{1}', '\\(1)')
		.replaceAll('\u{2}', '\\(2)')
		.replaceAll('\u{3}', '\\(3)')
		.replaceAll('\u{E0FC}', '\\S')
		.replaceAll('\u{E0FD}', '\\V')

const attributes = (values: ReadonlyMap<string, string>): string =>
	[...values].map(([key, value]) => `${key}="${escapeXml(value)}"`).join(' ')

export const escapeXml = (text: string): string =>
	text
		.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
		.replaceAll(/[\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`)
