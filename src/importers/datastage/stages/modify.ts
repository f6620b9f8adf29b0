import type { ProjectColumn } from '#model/operators.ts'
import type { Column, DataType } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { derive, namesOf } from '../derive.ts'
import { engineType } from '../engine-types.ts'
import type { Stream } from '../flow.ts'
import { entriesOf } from '../keys.ts'
import { assigned, columnNamed, mapOutput, passing, project } from '../mapping.ts'
import { mayBeNull } from '../nullness.ts'
import type { StageContext, StageInput, StageStreams } from '../stage-context.ts'
import { noStreams, onlyInput } from './inputs.ts'
import type { FieldChange } from './modify-fields.ts'
import { changedRecords, droppedField, renamedField } from './modify-fields.ts'
import type { ModifyCall } from './modify-functions.ts'
import { transformerText } from './modify-functions.ts'

type Specification =
	| { readonly kind: 'keep' | 'drop'; readonly columns: readonly string[] }
	| { readonly kind: 'field'; readonly change: FieldChange }
	| {
			readonly kind: 'set'
			readonly name: string
			readonly type?: SpecifiedType
			readonly value: string
			readonly text: string
	  }

interface SpecifiedType {
	readonly type: DataType
	/** Absent: not said; then the output link's column tells. */
	readonly nullable?: boolean
}

/**
 * Modify: keeps or drops columns, renames them, and converts each from one other (IBM: Modify stage, Specification). All see the
 * row that comes in. A null for a column that takes none ends the job, as the stage does without `handle_null`.
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { input } = only
	const specifications = entriesOf(context.stage.properties, 'modifyspec')
		.flatMap(({ value }) => value.split(/;/))
		.map((written) => written.trim())
		.filter((written) => written !== '')
		.flatMap((written) => readSpecification(context, written))
	const stream = withNamed(context, only.stream, specifications)
	if (specifications.length === 0) context.refuse('it has no specification')
	const sets = specifications.filter((one) => one.kind === 'set')
	const changes = specifications.flatMap((one) => (one.kind === 'field' ? [one.change] : []))
	const columns = [
		...changedRecords(context, stream, changes),
		...sets.flatMap((one) => setColumn(context, input, stream.schema, one)),
	]
	const dropped = new Set(
		specifications.flatMap((one) =>
			one.kind === 'drop' ? one.columns.map((name) => columnNamed(context, stream, name)) : [],
		),
	)
	const kept = specifications.flatMap((one) =>
		one.kind === 'keep' ? one.columns.map((name) => columnNamed(context, stream, name)) : [],
	)
	const made = new Set(columns.map(({ name }) => name.toLowerCase()))
	const gone = stream.schema.columns
		.map(({ name }) => name)
		.filter((name) => dropped.has(name) || (kept.length > 0 && !kept.includes(name)))
		.filter((name) => !made.has(name.toLowerCase()))
	const result =
		kept.length > 0 && stream.schema.open
			? project(context, stream, [...keptColumns(context, stream, kept, made), ...columns], { part: 'specification' })
			: project(context, stream, columns, {
					part: 'specification',
					passThrough: 'all',
					...(gone.length === 0 ? {} : { drop: gone }),
				})
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, result)]))
}

/** Columns that travel along by name become known where a specification names them; the output link tells their type. */
function withNamed(context: StageContext, stream: Stream, specifications: readonly Specification[]): Stream {
	if (!stream.schema.open) return stream
	const declared = context.outputs.flatMap(({ link }) => link.columns)
	const named = specifications.flatMap((one) => {
		if (one.kind === 'field') return []
		if (one.kind !== 'set') return one.columns.map((name) => ({ name, target: name }))
		const name = /^(?:u?string_from_u?string\()?([\w$]+)\)?$/i.exec(one.value)?.[1]
		return name === undefined ? [] : [{ name, target: one.name }]
	})
	const later = (name: string): DataType | undefined =>
		context.outputs.map(({ link }) => context.declaredLater(link, name)?.type).find((type) => type !== undefined)
	const added = named.flatMap(({ name, target }): readonly Column[] => {
		const type = findDsColumn(declared, target)?.type ?? later(target)
		return findDsColumn(stream.schema.columns, name) !== undefined || type === undefined
			? []
			: [{ name, type, nullable: true }]
	})
	const once = [...new Map(added.map((column) => [column.name.toLowerCase(), column])).values()]
	return { ...stream, schema: { ...stream.schema, columns: [...stream.schema.columns, ...once] } }
}

/** The columns of a keep list that no specification derives anew. */
function keptColumns(
	context: StageContext,
	stream: Stream,
	kept: readonly string[],
	made: ReadonlySet<string>,
): readonly ProjectColumn[] {
	return kept
		.filter((name) => !made.has(name.toLowerCase()))
		.flatMap((name) => {
			const column = findDsColumn(stream.schema.columns, name)
			if (column === undefined) context.refuse(`it keeps the column ${name}, whose type nothing tells`)
			return column === undefined ? [] : [passing(context, column, context.stage.record.lines)]
		})
}

function readSpecification(context: StageContext, written: string): readonly Specification[] {
	const list = /^(keep|drop)\s+(.+)$/is.exec(written)
	if (list !== null) {
		const kind = list[1]?.toLowerCase() === 'keep' ? 'keep' : 'drop'
		const names = (list[2] ?? '').split(',').map((name) => name.trim())
		const fields = kind === 'drop' ? names.flatMap((name) => droppedField(name) ?? []) : []
		const columns = kind === 'drop' ? names.filter((name) => droppedField(name) === undefined) : names
		return [{ kind, columns }, ...fields.map((change) => ({ kind: 'field', change }) as const)]
	}
	const renamed = renamedField(written)
	if (renamed !== undefined) return [{ kind: 'field', change: renamed }]
	if (/^nowarn$/i.test(written)) return []
	const set = /^([\w$]+)\s*(?::\s*(not_nullable\s+|nullable\s+)?([a-z]\w*(?:\s*\[[^\]]*\])?)\s*)?=\s*(.+)$/is.exec(
		written,
	)
	if (set === null) {
		context.refuse(`its specification "${written.slice(0, 80)}" cannot be read`)
		return []
	}
	const [, name = '', nullable = '', typeText, value = ''] = set
	const type = typeText === undefined ? undefined : engineType(typeText)
	if (typeText !== undefined && type === undefined) context.refuse(`the type ${typeText} of ${name} is not known`)
	const said = nullable === '' ? {} : { nullable: /^nullable/i.test(nullable) }
	const known = type === undefined ? {} : { type: { type, ...said } }
	return [{ kind: 'set', name, ...known, value: value.trim(), text: written }]
}

function setColumn(
	context: StageContext,
	{ link }: StageInput,
	schema: Parameters<typeof namesOf>[1],
	one: Extract<Specification, { kind: 'set' }>,
): readonly ProjectColumn[] {
	const expressionText = readValue(context, link.name, schema.columns, one.value)
	if (expressionText === undefined) return []
	const declared = context.outputs
		.flatMap(({ link: out }) => out.columns)
		.find(({ name }) => name.toLowerCase() === one.name.toLowerCase())
	const { lines } = context.stage.record
	const target = one.type?.type ?? declared?.type
	const derived = derive(
		context,
		expressionText,
		namesOf(link.name, schema),
		lines,
		target === undefined ? {} : { target },
	)
	if (derived === undefined) return []
	const nullable = mayBeNull(derived.expression, schema)
	const column: Column = {
		name: declared?.name ?? one.name,
		type: target ?? derived.expression.type,
		nullable: one.type?.nullable ?? declared?.nullable ?? nullable,
	}
	const value = { column, expression: derived.expression, text: one.text, nullable, lines }
	return [assigned(context, value, { kind: 'fail' }, { kind: 'fail' })]
}

/** `column`, or `function[options](column, …)`, as Transformer text. */
function readValue(
	context: StageContext,
	link: string,
	columns: readonly Column[],
	written: string,
): string | undefined {
	const columnText = (name: string): string | undefined => {
		const found = findDsColumn(columns, name.trim())
		if (found === undefined) context.refuse(`it reads the column ${name.trim()}, which its input does not have`)
		return found && `${link}.${found.name}`
	}
	if (/^[\w$]+$/.test(written)) return columnText(written)
	const match = /^(\w+)\s*(?:\[(.*)\]\s*)?\(\s*([\w$]+)?\s*((?:,.*)?)\)$/s.exec(written)
	if (match === null) {
		context.refuse(`the value "${written.slice(0, 80)}" cannot be read`)
		return undefined
	}
	const [, name = '', options, column, rest = ''] = match
	if (column === undefined) {
		if (/^(?:null|set_null)$/i.test(name)) return 'SetNull()'
		context.refuse(`the function ${name} has no column`)
		return undefined
	}
	const argument = columnText(column)
	if (argument === undefined) return undefined
	const call: ModifyCall = {
		name,
		options: optionList(options ?? ''),
		argument,
		rest: optionList(rest.replace(/^\s*,/, '')),
	}
	const translated = transformerText(call)
	if (translated === undefined) context.refuse(`the function ${written.slice(0, 80)} is not translated`)
	return translated
}

/** Parts between commas; those in quotes are whole. */
function optionList(written: string): readonly string[] {
	if (written.trim() === '') return []
	return [...written.matchAll(/\s*("[^"]*"|'[^']*'|[^,]*)\s*(?:,|$)/g)]
		.map(([, part = '']) => part.trim())
		.filter((part, index, all) => part !== '' || index < all.length - 1)
}
