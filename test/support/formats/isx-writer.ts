/** An ISX archive of an export: XMI documents in XML 1.1, links as objects of their own, one of them with packed columns. */
import AdmZip from 'adm-zip'
import { escapeDsx } from '#importers/datastage/formats/dsx/escapes.ts'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../dsx-builder.ts'
import { escapeXml } from './dsx-writer.ts'
import type { ExportSpec, ParameterSetSpec } from './export-spec.ts'
import { linksFrom, linksInto } from './export-spec.ts'

const namespace = 'com.ibm.datastage.ai.dtm.ds'

export function writeIsx({ jobs, sets }: ExportSpec): Uint8Array {
	const zip = new AdmZip()
	zip.addFile('META-INF/IS-MANIFEST.MF', Buffer.from('<?xml version="1.0"?><Manifest/>'))
	for (const job of jobs) zip.addFile(`HOST/dev/Jobs/${job.name}.pjb`, Buffer.from(isxJob(job)))
	for (const set of sets) zip.addFile(`HOST/dev/Sets/${set.name}.pst`, Buffer.from(isxSet(set)))
	for (const job of jobs) zip.addFile(`HOST/dev/Jobs/${job.name}.pjb.png`, Buffer.from([0x89, 0x50, 0x4e, 0x47]))
	return zip.toBuffer()
}

/** @param packed names of links whose columns are packed into attributes. */
export function isxJob(job: JobSpec & { readonly name: string }, packed: readonly string[] = ['typed']): string {
	const stages = job.stages.map((stage, index) => stageXml(job, stage, index))
	const links = (job.links ?? []).map((link, index) => linkXml(link, index, packed.includes(link.name)))
	return document('DSJobDefSDO', { name: job.name, jobType: 'Parallel', dSJobType: '3', internalID: 'ROOT' }, [
		'<assetDataDescriptors><details key="version:xmeta" value="11.7vnext-SNAPSHOT"/></assetDataDescriptors>',
		'<linkPoints className="DSStageType"/>',
		...(job.parameters ?? []).map(parameterXml),
		...interleaved(stages, links),
		'<has_DSDesignView name="Job" internalID="V0"><has_DSDesignViewStageSDO stageID="V0A1" stageType="ID_PALETTEANNOTATION"/></has_DSDesignView>',
	])
}

const interleaved = (left: readonly string[], right: readonly string[]): readonly string[] =>
	left.flatMap((text, index) => [text, right[index] ?? '']).concat(right.slice(left.length))

function isxSet({ name, parameters, files }: ParameterSetSpec): string {
	const values = Object.entries(files).map(([file, pairs]) =>
		[file, ...Object.entries(pairs).map(([key, value]) => `${key}=${value}`)].join('\u{F8FC}'),
	)
	return document('DSParameterSetSDO', { name, paramValues: values.join('\u{F8FD}') }, parameters.map(parameterXml))
}

function document(type: string, values: Values, children: readonly string[]): string {
	const spaces = `xmlns:xmi="http://www.omg.org/XMI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:${namespace}="http:///com/ibm/datastage/ai/dtm/ds.ecore"`
	const head = `<${namespace}:${type} xmi:version="2.0" ${spaces} ${attributes(values)}>`
	return ['<?xml version="1.1" encoding="UTF-8"?>', head, ...children, `</${namespace}:${type}>`, ''].join('\n')
}

const extended: Readonly<Record<string, Values>> = {
	'0': { typeCode: 'String' },
	'1': { typeCode: 'String', extendedType: 'Encrypted' },
	'2': { typeCode: 'Int64' },
	'4': { typeCode: 'String', extendedType: 'Pathname' },
	'13': { typeCode: 'String', extendedType: 'Parameterset' },
}

function parameterXml(values: Values): string {
	const type = extended[values['ParamType'] ?? '0'] ?? {}
	const text = { name: values['Name'] ?? '', defaultValue: values['Default'] ?? '' }
	return `<has_ParameterDef ${attributes({ ...text, displayCaption: values['Prompt'] ?? '', ...type })}/>`
}

const pinId = (side: 'in' | 'out', link: LinkSpec): string => `${side}-${link.name}`

function stageXml(job: JobSpec, stage: StageSpec, index: number): string {
	const inputs = linksInto(job, stage.name)
	const outputs = linksFrom(job, stage.name)
	const id = (name: string): string => `V0S${job.stages.findIndex((other) => other.name === name)}`
	const values = {
		name: stage.name,
		internalID: `V0S${index}`,
		stageType: stage.type,
		stageTypeClassName: stage.type === 'CTransformerStage' ? 'TransformerStage' : 'CustomStage',
		inputPins: inputs.map((link) => pinId('in', link)).join('|'),
		outputPins: outputs.map((link) => pinId('out', link)).join('|'),
	}
	const kind = stage.type === 'CTransformerStage' ? 'Trx' : 'Custom'
	const pins = [
		...inputs.map((link) => {
			const type = { stream: '1', reference: '2', reject: '3' }[link.kind ?? 'stream']
			const partner = `${id(link.from)}|${pinId('out', link)}`
			const own = { 'xmi:id': pinId('in', link), internalID: pinId('in', link), pinType: `${kind}Input`, partner }
			const policies = {
				lookupFail: link.in?.['LookupFail'] ?? 'fail',
				conditionNotMet: link.in?.['ConditionNotMet'] ?? 'fail',
			}
			return `<has_InputPin ${attributes({ ...own, linkType: type, ...policies })}>${metaXml(link.inMeta)}</has_InputPin>`
		}),
		...outputs.map((link) => {
			const partner = `${id(link.to)}|${pinId('in', link)}`
			const own = { 'xmi:id': pinId('out', link), internalID: pinId('out', link), pinType: `${kind}Output`, partner }
			return `<has_OutputPin ${attributes(own)}>${metaXml(link.outMeta)}</has_OutputPin>`
		}),
	]
	const variables = (stage.collections?.['StageVars'] ?? []).map((variable) =>
		variableXml(
			{
				name: variable['Name'] ?? '',
				sqlType: Number(variable['SqlType'] ?? '12'),
				precision: Number(variable['Precision'] ?? '0'),
				derivation: variable['Expression'] ?? '',
			},
			{ initialValue: variable['InitialValue'] ?? '' },
		),
	)
	return object('DSStageSDO', values, [
		...valuesXml(stage.properties, undefined),
		...variables,
		...pins,
		`${metaXml(stage.meta).replaceAll('has_DSMetaBag', 'of_DSMetaBag')}`,
	])
}

function metaXml(meta: Values | undefined): string {
	const data = Object.entries(meta ?? {}).map(
		([name, value]) => `<has_DSMetaData ${attributes({ owner: 'APT', name, value })}/>`,
	)
	return data.length === 0 ? '' : `<has_DSMetaBag>${data.join('')}</has_DSMetaBag>`
}

function valuesXml(properties: Values | undefined, usage: string | undefined): readonly string[] {
	return Object.entries(properties ?? {}).map(([name, value]) => {
		const written = { parameterName: name.replace(/ $/, ' +'), valueExpression: value }
		return `<has_ParameterVal ${attributes({ ...written, ...(usage === undefined ? {} : { usage }) })}/>`
	})
}

/** Keys of an output pin that are settings of the link here. */
const settings: readonly string[] = ['Reject', 'RowLimit', 'ErrorPin']

function linkXml(link: LinkSpec, index: number, packed: boolean): string {
	const own = Object.fromEntries(Object.entries(link.out ?? {}).filter(([key]) => settings.includes(key)))
	const constraint = link.out?.['Constraint']
	const columns = link.columns ?? []
	const values = {
		name: link.name,
		'xmi:id': `link-${index}`,
		linkType: { stream: 'Primary', reference: 'Reference', reject: 'Reject' }[link.kind ?? 'stream'],
		from_OutputPin: pinId('out', link),
		to_InputPin: pinId('in', link),
	}
	return object('DSLinkSDO', { ...values, ...(packed ? packedColumns(columns) : {}) }, [
		'<has_ParameterVal parameterName="LinkMinimised" valueExpression="0" usage="Out"/>',
		...valuesXml(link.outProperties, 'Out'),
		...valuesXml(own, 'Out'),
		...valuesXml(link.inProperties, 'In'),
		...(packed ? [] : columns.map((column) => variableXml(column, {}))),
		constraint === undefined ? '' : `<has_FilterConstraint ${attributes({ filterExpression: constraint })}/>`,
	])
}

/** Names of SQL types; a CHAR is the default and not written. */
const types: Readonly<Record<number, string>> = {
	3: 'Decimal',
	4: 'Integer',
	5: 'Smallint',
	8: 'Double',
	9: 'Date',
	11: 'Timestamp',
	12: 'Varchar',
	[-5]: 'Bigint',
}

const isMove = (text: string): boolean => /^[\w$]+\.[\w$]+$/.test(text)

function variableXml(column: ColumnSpec, more: Values): string {
	const {
		name,
		sqlType = 12,
		precision = 0,
		scale = 0,
		nullable = false,
		derivation = '',
		key,
		more: own = {},
	} = column
	const type = types[sqlType]
	const values = {
		name,
		...(type === undefined ? {} : { oDBCType: type }),
		maximumLength: String(precision),
		fractionDigits: String(scale),
		isNullable: String(nullable),
		isKey: 'false',
		isUString: 'false',
		levelNumber: own['LevelNo'] ?? '0',
		sourceColumnID: isMove(derivation) ? derivation : '',
		...more,
	}
	const derived =
		derivation === '' || isMove(derivation)
			? ''
			: `<hasValue_Derivation ${attributes({ expression: derivation, parsedExpression: derivation })}/>`
	const looked = key === undefined ? '' : `<hasLookup_Derivation ${attributes({ expression: key })}/>`
	const format =
		column.format === undefined ? '' : `<has_DSDataItemProps ${attributes({ aPTFieldProp: column.format })}/>`
	return `<contains_FlowVariable ${attributes(values)}>${derived}${looked}${format}</contains_FlowVariable>`
}

function packedColumns(columns: readonly ColumnSpec[]): Values {
	const list = (texts: readonly string[]): string => `\u{1D}${texts.join('\u{1D}')}\u{1D}`
	const facts = columns.map(
		({ sqlType = 12, precision = 0, scale = 0, nullable = false, derivation = '', key, format, more = {} }) => {
			const pairs: readonly (readonly [string, string | undefined])[] = [
				['x', String(precision)],
				['f', String(scale)],
				['o', types[sqlType]?.toUpperCase() ?? 'CHAR'],
				['i', String(nullable)],
				['K', 'false'],
				['l', more['LevelNo'] ?? '0'],
				['U', 'false'],
				['>e', isMove(derivation) || derivation === '' ? undefined : derivation],
				['<e', key],
				['E', format],
			]
			const texts = pairs.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeDsx(value)}`]))
			return `\u{1E}${texts.join('\u{1E}')}\u{1E}`
		},
	)
	return {
		dSFlowVarNames: list(columns.map(({ name }) => name)),
		dSFlowVarSourceColumnIDs: list(columns.map(({ derivation = '' }) => (isMove(derivation) ? `;${derivation};` : ''))),
		dSFlowVarProps: list(facts),
	}
}

function object(type: string, values: Values, children: readonly string[]): string {
	const inside = children.filter((child) => child !== '').join('\n')
	return `<contains_JobObject xsi:type="${namespace}:${type}" ${attributes(values)}>\n${inside}\n</contains_JobObject>`
}

/** Values keep the escapes of DSX, and those of XML around them; the marks of packed columns are references of XML 1.1. */
const attributes = (values: Values): string =>
	Object.entries(values)
		.map(([name, value]) => {
			const plain = name.startsWith('dSFlowVar') ? value : escapeDsx(value)
			const text = escapeXml(plain).replaceAll('\u{1D}', '&#x1d;').replaceAll('\u{1E}', '&#x1e;')
			return `${name}="${text}"`
		})
		.join(' ')
