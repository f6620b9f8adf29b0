/** Connectors of object stores and file systems, as far as they read and write delimited text. */
import type { TextLayout } from '#model/places.ts'
import type { XmlElement } from '../../../xml/element.ts'
import type { DsColumn } from '../../columns.ts'
import type { StageContext, StageStreams } from '../../stage-context.ts'
import type { FileFormat } from '../../text-layout.ts'
import { encodingNamed } from '../../text-layout.ts'
import { unfiltered } from '../file-filter.ts'
import { noStreams, onlyInput } from '../inputs.ts'
import { lowerFiles } from '../sequential-source.ts'
import { columnsOf, writeText } from '../sequential-target.ts'
import type { Settings } from './settings.ts'
import { readSettings } from './settings.ts'

/** Names of settings below `Usage`, the first that is there counts. They differ by connector and direction. */
const folders = ['bucket', 'Bucket', 'BucketName', 'ContainerSource', 'ContainerTarget', 'Container', 'Share']
const files = ['file_name', 'FileName', 'FileNameSource', 'FileNameTarget', 'ObjectName']
const syntaxSettings: ReadonlySet<string> = new Set([
	'Encoding',
	'encoding',
	'Header',
	'first_line_header',
	'FieldDelimiter',
	'RowDelimiter',
	'Quotes',
	'FieldFormats',
])

export function lower(context: StageContext): StageStreams {
	const [output] = context.outputs.filter(({ link }) => link.kind !== 'reject')
	const pin = output?.pin ?? context.inputs[0]?.pin
	const read = pin === undefined ? { unreadable: 'it has no link' } : readSettings(context.stage, pin)
	if ('unreadable' in read) {
		context.refuse(read.unreadable)
		return noStreams
	}
	const { settings } = read
	for (const parameter of settings.secretParameters) context.job.parameters.hide(parameter)
	const path = [folders, files].map((names) => first(settings, names)).filter((part) => part !== '')
	if (first(settings, files) === '') context.refuse('it names no file')
	if (settings.isSet('Usage/ReadMode') || settings.isSet('Usage/read_mode'))
		context.refuse('it reads several files, or lists them')
	context.differ('RG-D093', `${context.stage.name} is ${path.join('/')}`)
	if (output !== undefined) {
		if (context.inputs.length > 0) context.refuse('it writes rows and gives others on')
		if (output.link.columns.length === 0) context.refuse('its columns are not in the export')
		const rejects = context.outputs.find(({ link }) => link.kind === 'reject')
		const format = formatOf(context, settings, output.link.columns)
		const read = { files: [path.join('/')], through: unfiltered }
		return lowerFiles(context, output, rejects, rejects === undefined ? 'fail' : 'save', format, read)
	}
	if (context.outputs.length > 0) context.refuse('it has a reject link for rows that it cannot write')
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	if (settings.isSet('Usage/partitioned') || settings.isSet('Usage/WriteMode') || settings.isSet('Usage/write_mode'))
		context.refuse('it writes otherwise than one file')
	const format = formatOf(context, settings, columnsOf(only.input, only.stream.schema.columns))
	writeText(context, only, { path: path.join('/'), mode: 'overwrite', format, onError: { kind: 'fail' } })
	return noStreams
}

const first = (settings: Settings, names: readonly string[]): string =>
	names.map((name) => settings.text(`Usage/${name}`)).find((text) => text !== '') ?? ''

/** Comma, line feed and no quotes unless the connector says so. An empty field is null where the column may be null. */
function formatOf(context: StageContext, settings: Settings, columns: readonly DsColumn[]): FileFormat {
	const isCsv = settings.text('Usage/file_format') === '1'
	// The codes of delimited text are those that public exports hold.
	if (!isCsv && settings.text('Usage/FileFormat') !== '0')
		context.refuse(
			`its file format has the code ${settings.text('Usage/FileFormat') || settings.text('Usage/file_format')}`,
		)
	const syntax = (name: string): string => settings.text(`Usage/DelimitedSyntax/${name}`)
	for (const { name, text } of unknownSyntax(settings.element('Usage/DelimitedSyntax')))
		context.refuse(`its setting ${name} is ${text.trim()}`)
	const quotes = isCsv ? '"' : { '': undefined, '0': undefined, '1': '"', '2': "'" }[syntax('Quotes')]
	if (!['', '0', '1', '2'].includes(syntax('Quotes'))) context.refuse(`its quotes have the code ${syntax('Quotes')}`)
	const layout: TextLayout = {
		delimiter: control(syntax('FieldDelimiter')) || ',',
		recordDelimiter: control(syntax('RowDelimiter')) || '\n',
		...(quotes === undefined ? {} : { quote: quotes }),
		header: ['Header', 'first_line_header'].some((name) => settings.isSet(`Usage/DelimitedSyntax/${name}`)),
		encoding: encodingNamed(context, syntax('Encoding') || syntax('encoding')),
	}
	const formats = columns.map((column) => ({
		column,
		nullField: column.nullable ? '' : undefined,
		quoted: isCsv && column.type.kind === 'string',
		format: undefined,
	}))
	return { layout, columns: formats, undelimited: false }
}

const unknownSyntax = (syntax: XmlElement | undefined): readonly XmlElement[] =>
	(syntax?.children ?? []).filter(({ name, text }) => !syntaxSettings.has(name) && !['', '0'].includes(text.trim()))

/** `<NL>`, `<CR><LF>`, `<TAB>` as characters. */
const control = (text: string): string =>
	text
		.replaceAll(/<NL>|<LF>/gi, '\n')
		.replaceAll(/<CR>/gi, '\r')
		.replaceAll(/<TAB>/gi, '\t')
