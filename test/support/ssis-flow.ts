/** Data flows of SSIS as the designer writes them, from few words: ids, lineages, references and types follow by themselves. */
import type { ColumnSpec, ComponentSpec, PortSpec } from './dtsx-builder.ts'
import { dtsx } from './dtsx-builder.ts'

type Texts = Readonly<Record<string, string | number>>

/** A column that travels: its type as `wstr(20)`, `numeric(9,2)`, `i4`. */
export interface FlowColumn {
	readonly name: string
	readonly type: string
	readonly lineage: string
	/** Rank as a sort key, negative when descending. */
	readonly rank?: number
}

/** Rows that leave an output. */
export interface Rows {
	readonly id: string
	readonly columns: readonly FlowColumn[]
}

/** Columns by name, each with its type and, where errors or cut texts do not end the run, what happens then. */
export interface Made {
	readonly type: string
	readonly expression?: string
	readonly from?: string
	readonly onError?: string
	readonly onTruncation?: string
	readonly properties?: Texts
}

const codes: Readonly<Record<string, number>> = {
	i1: 16,
	i2: 2,
	i4: 3,
	i8: 20,
	ui1: 17,
	ui2: 18,
	ui4: 19,
	ui8: 21,
	r4: 4,
	r8: 5,
	cy: 6,
	bool: 11,
	decimal: 14,
	numeric: 131,
	str: 129,
	wstr: 130,
	text: 302,
	nText: 303,
	bytes: 128,
	guid: 72,
	date: 7,
	dbDate: 133,
	dbTime: 134,
	dbTime2: 145,
	dbTimeStamp: 135,
	dbTimeStamp2: 304,
	dbTimeStampOffset: 146,
}

/** `numeric(9,2)` → its name and numbers. */
function partsOf(type: string): { readonly name: string; readonly numbers: readonly number[] } {
	const [, name = '', inside = ''] = /^(\w+)(?:\(([\d,]+)\))?$/.exec(type) ?? []
	if (!Object.hasOwn(codes, name)) throw new Error(`no type is called ${type}`)
	return { name, numbers: inside === '' ? [] : inside.split(',').map(Number) }
}

/** The type as attributes of a column; `cached` for those of an input. */
function typeAttributes(type: string, cached = false): Texts {
	const { name, numbers } = partsOf(type)
	const [first = 0, second = 0] = numbers
	const sized: Texts =
		name === 'numeric'
			? { precision: first, scale: second }
			: name === 'decimal' || /2$|Offset$/.test(name)
				? { scale: first }
				: name === 'str'
					? { length: first, codePage: second || 1252 }
					: name === 'text'
						? { codePage: first || 1252 }
						: { length: first }
	const all: readonly (readonly [string, string | number])[] = Object.entries({ dataType: name, ...sized })
	const attributes = all.filter(([, value]) => value !== 0)
	const cachedName = (key: string): string => `cached${key[0]?.toUpperCase()}${key.slice(1).replace('Page', 'page')}`
	return Object.fromEntries(attributes.map(([key, value]) => [cached ? cachedName(key) : key, value]))
}

/** The type as properties of a column of a flat file. */
export function fileColumnType(type: string): Texts {
	const { name, numbers } = partsOf(type)
	const [first = 0, second = 0] = numbers
	const sized: Texts =
		name === 'numeric'
			? { DataPrecision: first, DataScale: second }
			: name === 'decimal'
				? { DataScale: first }
				: first === 0
					? {}
					: { MaximumWidth: first }
	return { DataType: codes[name] ?? 0, ...sized }
}

/** A data flow that grows by one component at a time. */
export function flow(name: string, format: 2 | 3 | 6 | 8 = 8) {
	const x = dtsx(format)
	const components: string[] = []
	const paths: (readonly [string, string])[] = []
	let numbers = 1

	/** Formats 2 and 3 count, the others name the place. */
	const idOf = (place: string): string => (format >= 6 ? `Package\\${name}\\${place}` : String(numbers++))

	const add = (spec: ComponentSpec): void => void components.push(x.component(spec))

	/** An input that a path leads to, with the columns that are used. */
	function input(owner: string, title: string, from: Rows, columns: readonly ColumnSpec[] = [], more = {}): PortSpec {
		const id = idOf(`${owner}.Inputs[${title}]`)
		paths.push([from.id, id])
		return { id, name: title, columns, ...more }
	}

	function used(owner: string, from: Rows, column: string, properties: Texts = {}, attributes: Texts = {}): ColumnSpec {
		const { lineage, type, rank = 0 } = find(from, column)
		return {
			id: idOf(`${owner}.Inputs[${from.id}].Columns[${column}]`),
			name: column,
			lineage,
			attributes: {
				...typeAttributes(type, true),
				...(rank === 0 ? {} : { cachedSortKeyPosition: rank }),
				...attributes,
			},
			properties,
		}
	}

	function made(owner: string, title: string, column: string, one: Made, attributes: Texts = {}): ColumnSpec {
		return {
			id: idOf(`${owner}.Outputs[${title}].Columns[${column}]`),
			name: column,
			attributes: {
				...typeAttributes(one.type),
				errorRowDisposition: one.onError ?? 'FailComponent',
				truncationRowDisposition: one.onTruncation ?? one.onError ?? 'FailComponent',
				...attributes,
			},
			...(one.properties === undefined ? {} : { properties: one.properties }),
		}
	}

	const output = (owner: string, title: string, columns: readonly ColumnSpec[] = [], more = {}): PortSpec => ({
		id: idOf(`${owner}.Outputs[${title}]`),
		name: title,
		columns,
		...more,
	})

	const errorColumns = (owner: string, title: string): readonly ColumnSpec[] => [
		made(owner, title, 'ErrorCode', { type: 'i4' }, { specialFlags: 1 }),
		made(owner, title, 'ErrorColumn', { type: 'i4' }, { specialFlags: 2 }),
	]

	return {
		name,
		format,
		add,
		input,
		used,
		made,
		output,
		errorColumns,
		pipeline: (): string => x.pipeline(components, paths),
	}
}

export type Flow = ReturnType<typeof flow>

export function find(rows: Rows, name: string): FlowColumn {
	const column = rows.columns.find((one) => one.name === name)
	if (column === undefined) throw new Error(`no column ${name}, but ${rows.columns.map((one) => one.name).join(', ')}`)
	return column
}

/** The rows of an output: those that pass through, then its own columns. */
export function rowsOf(port: PortSpec, types: readonly string[], passing: readonly FlowColumn[] = []): Rows {
	const own = (port.columns ?? []).map((column, index): FlowColumn => {
		const rank = Number(column.attributes?.['sortKeyPosition'] ?? 0)
		return {
			name: column.name ?? '',
			type: types[index] ?? 'i4',
			lineage: column.lineage ?? column.id,
			...(rank === 0 ? {} : { rank }),
		}
	})
	return { id: port.id, columns: [...passing, ...own] }
}

/** The expression as the designer stores it: columns by lineage, functions in brackets. */
export function stored(expression: string, { columns }: Rows, format: number): string {
	const token = /"(?:\\.|[^"\\])*"|@\[[^\]]*\]|@\w+|\[[^\]]*\]|[A-Za-z_]\w*(?=(\s*\()?)/g
	return expression.replace(token, (text: string, call: string | undefined) => {
		if (text.startsWith('"') || text.startsWith('@')) return text
		const column = columns.find((one) => one.name === text.replace(/^\[|\]$/g, ''))
		if (column !== undefined) return format >= 6 ? `#{${column.lineage}}` : `#${column.lineage}`
		return call !== undefined && /^[A-Z]+$/.test(text) ? `[${text}]` : text
	})
}
