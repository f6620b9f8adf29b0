/** The graph of a job: stages, their pins, and the links between them, as the records say it. */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { LineRange } from '#model/provenance.ts'
import type { DsColumn } from './columns.ts'
import { isSet, readColumns, textOf } from './columns.ts'
import type { DsxRecord, DsxSection } from './formats/dsx/records.ts'
import { foldColumns, hasLevels } from './nested-columns.ts'
import type { StageDefaults } from './stage-types.ts'

export interface Pin {
	readonly id: string
	/** Name of the link. */
	readonly name: string
	readonly record: DsxRecord
	readonly properties: ReadonlyMap<string, string>
	/** MetaBag entries by name; owners never clash on the names that are read here. */
	readonly meta: ReadonlyMap<string, string>
}

export interface Stage {
	readonly id: string
	readonly name: string
	/** The accounted element: `JOB/STAGE`; for a stage inside a shared container, the stage that uses the container. */
	readonly element: string
	/** Where it stands in the export: `JOB/STAGE`. */
	readonly path: string
	readonly type: string
	readonly record: DsxRecord
	readonly properties: ReadonlyMap<string, string>
	readonly meta: ReadonlyMap<string, string>
	readonly inputs: readonly Pin[]
	readonly outputs: readonly Pin[]
}

export type LinkKind = 'stream' | 'reference' | 'reject'

export interface StageLink {
	readonly name: string
	readonly from: Stage
	readonly output: Pin
	readonly to: Stage
	readonly input: Pin
	readonly kind: LinkKind
	readonly columns: readonly DsColumn[]
	/** Further columns travel along by name (runtime column propagation). */
	readonly open: boolean
	readonly lines: LineRange
}

export interface Structure {
	readonly stages: readonly Stage[]
	readonly links: readonly StageLink[]
	/** Borders of containers: views that own pins. Rows enter a container by an output pin of its border. */
	readonly borders: readonly Stage[]
	/** Links between a border and the stages inside. */
	readonly borderLinks: readonly StageLink[]
}

/** What a section is read as. */
export interface Owner {
	readonly name: string
	readonly file: string
	/** Definitions of stage types that the export carries along. */
	readonly stageTypes?: ReadonlyMap<string, StageDefaults>
	/** Level numbers make sub-records: in parallel jobs. */
	readonly levels?: boolean
	/** The section is a shared container that a stage of a job uses. */
	readonly usedBy?: Stage
}

/** Stage and activity records: everything else (pins, views, annotations) is no element. */
function isElement(oleType: string): boolean {
	if (oleType.startsWith('CJS')) return oleType !== 'CJSActivityInput' && oleType !== 'CJSActivityOutput'
	return oleType.endsWith('Stage') && oleType !== 'CStageType'
}

/** Name → value of a collection of `Name`/`Value` sub-records; a name's blank at the end is part of it (`file `). */
export function namedValues(record: DsxRecord, collection: string): ReadonlyMap<string, string> {
	const items = record.collections.get(collection) ?? []
	return new Map(items.map((item) => [textOf(item.values, 'Name'), textOf(item.values, 'Value')]))
}

export function readStructure(section: DsxSection, job: Owner, report: (diagnostic: Diagnostic) => void): Structure {
	const records = new Map(section.records.map((record) => [textOf(record.values, 'Identifier'), record]))
	const names = new Map<string, number>()
	const stages = section.records
		.filter((record) => isElement(textOf(record.values, 'OLEType')))
		.map((record) => readStage(record, records, job, names))
	const borders = section.records
		.filter(({ values }) => textOf(values, 'OLEType') === 'CContainerView' && hasPins(values))
		.map((record) => readStage(record, records, job, new Map()))
	const links = joinPins([...stages, ...borders], new Set(records.keys()), job, report)
	const isInside = ({ from, to }: StageLink): boolean => !borders.includes(from) && !borders.includes(to)
	return {
		stages,
		links: links.filter(isInside),
		borders,
		borderLinks: links.filter((link) => !isInside(link)),
	}
}

const hasPins = (values: ReadonlyMap<string, string>): boolean =>
	textOf(values, 'InputPins') !== '' || textOf(values, 'OutputPins') !== ''

/** Stage names are unique in a job by the designer's rule; where an export breaks it, the record id tells them apart. */
function readStage(
	record: DsxRecord,
	records: ReadonlyMap<string, DsxRecord>,
	owner: Owner,
	names: Map<string, number>,
): Stage {
	const id = textOf(record.values, 'Identifier')
	const plain = textOf(record.values, 'Name') || id
	const seen = names.get(plain) ?? 0
	names.set(plain, seen + 1)
	const own = seen === 0 ? plain : `${plain} (${id === '' ? seen + 1 : id})`
	const path = `${owner.name}/${own}`
	const type = textOf(record.values, 'StageType') || textOf(record.values, 'OLEType')
	const defaults = owner.stageTypes?.get(type)
	const pins = (key: string): readonly Pin[] =>
		textOf(record.values, key)
			.split('|')
			.flatMap((pin) => {
				const found = pin === '' ? undefined : records.get(pin)
				return found === undefined ? [] : [readPin(pin, found, defaults?.[key === 'InputPins' ? 'input' : 'output'])]
			})
	return {
		id,
		name: owner.usedBy === undefined ? own : `${owner.usedBy.name}.${own}`,
		element: owner.usedBy?.element ?? path,
		path,
		type,
		record,
		properties: withDefaults(defaults?.stage, namedValues(record, 'Properties')),
		meta: namedValues(record, 'MetaBag'),
		inputs: pins('InputPins'),
		outputs: pins('OutputPins'),
	}
}

/** A stage rarely lists every property; where the export says what the others are, that is what they are. */
function withDefaults(
	defaults: ReadonlyMap<string, string> | undefined,
	own: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
	return defaults === undefined || defaults.size === 0 ? own : new Map([...defaults, ...own])
}

function readPin(id: string, record: DsxRecord, defaults: ReadonlyMap<string, string> | undefined): Pin {
	return {
		id,
		name: textOf(record.values, 'Name') || id,
		record,
		properties: withDefaults(defaults, namedValues(record, 'Properties')),
		meta: namedValues(record, 'MetaBag'),
	}
}

/**
 * A link is an output pin joined to an input pin by `Partner`: `stage|pin` from version 8 on, `stage` alone in 7.5 and on all
 * links of sequences. Then the pin of the same link name belongs to it, or else the first one that is still free.
 */
function joinPins(
	stages: readonly Stage[],
	records: ReadonlySet<string>,
	job: { readonly name: string; readonly file: string },
	report: (diagnostic: Diagnostic) => void,
): readonly StageLink[] {
	const byId = new Map(stages.map((stage) => [stage.id, stage]))
	const taken = new Set<string>()
	const links: StageLink[] = []
	for (const from of stages) {
		for (const output of from.outputs) {
			const [stageId = '', pinId] = textOf(output.record.values, 'Partner').split('|')
			const to = byId.get(stageId)
			const free = to?.inputs.filter((pin) => !taken.has(pin.id)) ?? []
			const input =
				free.find((pin) => pin.id === pinId) ??
				free.find((pin) => pin.name === output.name) ??
				free.find((pin) => pinId === undefined && textOf(pin.record.values, 'Partner').split('|')[0] === from.id)
			if (to === undefined || input === undefined) {
				// A link may also end at the border of a container, which is a view and no stage.
				if (stageId !== '' && (to !== undefined || !records.has(stageId))) report(unmatched(output, from, job))
				continue
			}
			taken.add(input.id)
			links.push(makeLink(from, output, to, input, job, report))
		}
	}
	return links
}

function unmatched(output: Pin, from: Stage, job: { readonly file: string }): Diagnostic {
	const provenance = { file: job.file, path: `${from.path}/${output.name}`, lines: output.record.lines }
	return diagnose('link/unmatched', provenance, {
		what: `The link ${output.name} of ${from.name} leads nowhere`,
		why: `Its partner ${textOf(output.record.values, 'Partner')} is not in this job.`,
	})
}

const linkKinds: Readonly<Record<string, LinkKind>> = { '2': 'reference', '3': 'reject' }

function makeLink(
	from: Stage,
	output: Pin,
	to: Stage,
	input: Pin,
	job: Pick<Owner, 'file' | 'levels'>,
	report: (diagnostic: Diagnostic) => void,
): StageLink {
	const provenance = { file: job.file, path: `${from.path}/${output.name}`, lines: output.record.lines }
	const items = output.record.collections.get('Columns') ?? []
	const columns = readColumns(items, provenance, report)
	return {
		name: output.name,
		from,
		output,
		to,
		input,
		kind: linkKinds[textOf(input.record.values, 'LinkType')] ?? 'stream',
		columns: job.levels === true && hasLevels(from) ? foldColumns(columns) : columns,
		// The job's own flag only presets new links; the link's flag is the one that counts.
		open: isSet(input.meta, 'RTColumnProp'),
		lines: output.record.lines,
	}
}
