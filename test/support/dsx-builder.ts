/** Builds small DSX exports for tests: a job from its stages and links, the pins and partners by itself. */
import { escapeDsx } from '#importers/datastage/formats/dsx/escapes.ts'
import { dsxImporter } from '#importers/datastage/importer.ts'
import type { ImportResult } from '#importers/importer.ts'
import type { Job } from '#model/job.ts'
import type { Operator, OperatorKind, OperatorOf } from '#model/operators.ts'

export type Values = Readonly<Record<string, string>>

export interface ColumnSpec {
	readonly name: string
	/** ODBC code; VARCHAR when absent. */
	readonly sqlType?: number
	readonly precision?: number
	readonly scale?: number
	readonly nullable?: boolean
	readonly derivation?: string
	readonly key?: string
	readonly format?: string
	readonly more?: Values
}

export interface LinkSpec {
	readonly name: string
	readonly from: string
	readonly to: string
	readonly kind?: 'stream' | 'reference' | 'reject'
	readonly columns?: readonly ColumnSpec[]
	/** Keys, properties and MetaBag entries of the pin where the link leaves (`out`) and where it arrives (`in`). */
	readonly out?: Values
	readonly outProperties?: Values
	readonly outMeta?: Values
	readonly in?: Values
	readonly inProperties?: Values
	readonly inMeta?: Values
}

export interface StageSpec {
	readonly name: string
	readonly type: string
	readonly oleType?: string
	/** Record id; `V0S` and its place when absent. Stages of a local container have ids below that of its view: `V1S0`. */
	readonly id?: string
	readonly values?: Values
	readonly properties?: Values
	readonly meta?: Values
	readonly collections?: Readonly<Record<string, readonly Values[]>>
}

export interface JobSpec {
	readonly name?: string
	readonly jobType?: number
	readonly parameters?: readonly Values[]
	readonly stages: readonly StageSpec[]
	readonly links?: readonly LinkSpec[]
	/** 7.5 and all sequences: partners name the stage only. */
	readonly shortPartners?: boolean
}

type PackedLeaf = readonly [name: string, value: string]
/** An entry with what qualifies it, and that in turn. */
type PackedPart = readonly [name: string, value: string, ...parts: readonly PackedOption[]]
export type PackedOption = readonly [name: string, value: string, ...parts: readonly PackedLeaf[]]

/** A packed property: `packed(['key', 'A', ['asc\\desc', 'desc']], ['key', 'B'])`. */
export const packed = (...entries: readonly PackedPart[]): string =>
	`\u{2}\u{2}0${entries.map((entry) => packedEntry(entry, 1)).join('')}`

const packedEntry = ([name, value, ...parts]: PackedPart | PackedOption | PackedLeaf, depth: number): string =>
	[
		`\u{1}${'\u{3}'.repeat(depth)}${name}\u{2}${value}\u{2}0`,
		...parts.map((part) => packedEntry(part, depth + 1)),
	].join('')

export const header = ['BEGIN HEADER', '   CharacterSet "CP1252"', '   ServerVersion "11.7"', 'END HEADER', ''].join(
	'\n',
)

/** One DSJOB section. */
export function dsxJob(spec: JobSpec): string {
	const name = spec.name ?? 'JOB'
	const root = record(
		{ Identifier: 'ROOT', OLEType: 'CJobDefn', Name: name, JobType: String(spec.jobType ?? 3) },
		{ Parameters: spec.parameters ?? [] },
	)
	const stages = spec.stages.map((stage, index) => ({ ...stage, id: stage.id ?? `V0S${index}` }))
	const records = stages.flatMap((stage) => stageRecords(stage, stages, spec))
	return ['BEGIN DSJOB', `   Identifier "${escapeDsx(name)}"`, root, ...records, 'END DSJOB', ''].join('\n')
}

type PlacedStage = StageSpec & { readonly id: string }

function stageRecords(stage: PlacedStage, stages: readonly PlacedStage[], spec: JobSpec): readonly string[] {
	const links = spec.links ?? []
	const inputs = links.filter(({ to }) => to === stage.name)
	const outputs = links.filter(({ from }) => from === stage.name)
	const isTransformer = stage.type === 'CTransformerStage'
	const own = record(
		{
			Identifier: stage.id,
			OLEType: stage.oleType ?? (isTransformer ? 'CTransformerStage' : 'CCustomStage'),
			Name: stage.name,
			InputPins: inputs.map((link) => pinId(stage, 'I', links, link)).join('|'),
			OutputPins: outputs.map((link) => pinId(stage, 'O', links, link)).join('|'),
			StageType: stage.type,
			...stage.values,
		},
		{ Properties: named(stage.properties), MetaBag: named(stage.meta), ...stage.collections },
	)
	const byName = new Map(stages.map((other) => [other.name, other]))
	const partner = (name: string, side: 'I' | 'O', link: LinkSpec): string => {
		const other = byName.get(name)
		if (other === undefined) return 'NOWHERE|NOWHERE'
		return spec.shortPartners === true ? other.id : `${other.id}|${pinId(other, side, links, link)}`
	}
	const pins = [
		...inputs.map((link) => {
			const kind = { stream: '1', reference: '2', reject: '3' }[link.kind ?? 'stream']
			const values = {
				Identifier: pinId(stage, 'I', links, link),
				OLEType: 'CCustomInput',
				Name: link.name,
				Partner: partner(link.from, 'O', link),
				LinkType: kind,
				...link.in,
			}
			return record(values, { Properties: named(link.inProperties), MetaBag: named(link.inMeta) })
		}),
		...outputs.map((link) => {
			const values = {
				Identifier: pinId(stage, 'O', links, link),
				OLEType: isTransformer ? 'CTrxOutput' : 'CCustomOutput',
				Name: link.name,
				Partner: partner(link.to, 'I', link),
				...link.out,
			}
			return record(values, {
				Properties: named(link.outProperties),
				Columns: (link.columns ?? []).map(columnValues),
				MetaBag: named(link.outMeta),
			})
		}),
	]
	return [own, ...pins]
}

const pinId = (stage: PlacedStage, side: 'I' | 'O', links: readonly LinkSpec[], link: LinkSpec): string =>
	`${stage.id}${side}${links.indexOf(link)}`

const named = (values: Values | undefined): readonly Values[] =>
	Object.entries(values ?? {}).map(([Name, Value]) => ({ Name, Value }))

function columnValues({
	name,
	sqlType = 12,
	precision = 0,
	scale = 0,
	nullable = false,
	derivation,
	key,
	format,
	more,
}: ColumnSpec): Values {
	return {
		Name: name,
		SqlType: String(sqlType),
		Precision: String(precision),
		Scale: String(scale),
		Nullable: nullable ? '1' : '0',
		...(derivation === undefined ? {} : { Derivation: derivation }),
		...(key === undefined ? {} : { KeyExpression: key }),
		...(format === undefined ? {} : { APTFieldProp: format }),
		...more,
	}
}

export function record(values: Values, collections: Readonly<Record<string, readonly Values[]>> = {}): string {
	const lines = ['   BEGIN DSRECORD', ...keys(values, '      ')]
	for (const [key, items] of Object.entries(collections)) {
		if (items.length === 0) continue
		lines.push(`      ${key} "CCollection"`)
		for (const item of items) lines.push('      BEGIN DSSUBRECORD', ...keys(item, '         '), '      END DSSUBRECORD')
	}
	return [...lines, '   END DSRECORD'].join('\n')
}

const keys = (values: Values, indent: string): readonly string[] =>
	Object.entries(values).map(([key, value]) => `${indent}${key} "${escapeDsx(value)}"`)

/** The border of a container: links from it bring rows in, links to it take them out. */
export const border = (id = 'V0'): StageSpec => ({ name: `Border ${id}`, type: '', oleType: 'CContainerView', id })

/** A stage that uses a container; `PartnerLink` of a link's `in` or `out` names the link inside. */
export const container = (name: string, values: Values, more: Partial<StageSpec> = {}): StageSpec => ({
	name,
	type: 'ContainerStage',
	oleType: 'CContainerStage',
	values,
	...more,
})

/** One DSSHAREDCONTAINER section; its stages hold a {@link border}. */
export const dsxContainer = (spec: JobSpec): string =>
	dsxJob(spec).replace('BEGIN DSJOB', 'BEGIN DSSHAREDCONTAINER').replace('END DSJOB', 'END DSSHAREDCONTAINER')

/** A sequential file that is read into one link. */
export const source = (name: string): StageSpec => ({ name, type: 'PxSequentialFile' })
/** A sequential file that one link is written to. */
export const target = (name: string): StageSpec => source(name)

/** Pin properties of files: what they read, what they write. */
export const reads = (file: string, more: Values = {}): Values => ({ 'file ': packed(['file ', file]), ...more })
export const writes = (file: string, more: Values = {}): Values => ({
	file: packed(['file', file]),
	'append\\overwrite': 'overwrite',
	...more,
})

export function importText(text: string, companions: readonly string[] = []): ImportResult {
	const bytes = new TextEncoder().encode(text)
	const others = companions.map((one, index) => ({ path: `set${index}.dsx`, bytes: new TextEncoder().encode(one) }))
	return dsxImporter.read({ file: { path: 'jobs/test.dsx', bytes }, companions: others })
}

/** The only job of an export that holds `spec`. */
export function importJob(spec: JobSpec): Job {
	const { jobs } = importText(header + dsxJob(spec))
	const [job] = jobs
	if (job === undefined || jobs.length > 1) throw new Error(`the export has ${jobs.length} jobs`)
	return job
}

/** The operator with that id, which must be of that kind. */
export function operatorOf<K extends OperatorKind>(job: Job, id: string, kind: K): OperatorOf<K> {
	const operators: readonly Operator[] = job.flows[0]?.operators ?? []
	const found = operators.find((operator) => operator.id === id)
	if (found?.kind !== kind)
		throw new Error(
			`${id} is ${found?.kind ?? 'not there'}; there are ${operators.map((one) => `${one.id} (${one.kind})`).join(', ')}`,
		)
	return found as OperatorOf<K>
}

/** `from.port > to.port` of every link of the job's flow. */
export function wires(job: Job): readonly string[] {
	return (job.flows[0]?.links ?? []).map((link) => link.id)
}

/** Outcome and reason of an element, by the stage's name. */
export function outcomeOf(job: Job, stage: string): string {
	const item = job.accounting.find(({ name }) => name === stage)
	return item === undefined ? 'not there' : item.reason === undefined ? item.outcome : `${item.outcome}: ${item.reason}`
}
