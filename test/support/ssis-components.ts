/** The components of a data flow, as few words as they need. Each takes the rows that come in and gives those that leave. */
import type { ColumnSpec } from './dtsx-builder.ts'
import type { Flow, Made, Rows } from './ssis-flow.ts'
import { find, rowsOf, stored } from './ssis-flow.ts'

type Texts = Readonly<Record<string, string | number>>
type Types = Readonly<Record<string, string>>
type Makings = Readonly<Record<string, Made>>

const typesOf = (makings: Makings): readonly string[] => Object.values(makings).map(({ type }) => type)
const reference = (lineage: string, format: number): string => (format >= 6 ? `#{${lineage}}` : `#${lineage}`)

/** A source whose columns go by the names of `columns`; `sorted` ranks some of them. */
export function source(
	flow: Flow,
	name: string,
	connection: string,
	columns: Types,
	options: {
		readonly type?: string
		readonly properties?: Texts
		readonly sorted?: Readonly<Record<string, number>>
		readonly onError?: string
		readonly onTruncation?: string
		readonly fastParse?: boolean
	} = {},
): { readonly rows: Rows; readonly errors: Rows } {
	const { type = 'Microsoft.FlatFileSource', properties = {}, sorted = {}, onError, onTruncation } = options
	const title = 'Flat File Source Output'
	const external = Object.keys(columns).map((column) => ({ id: `${flow.name}.${name}.x.${column}`, name: column }))
	const written = Object.entries(columns).map(([column, columnType], index) =>
		flow.made(
			name,
			title,
			column,
			{
				type: columnType,
				...(onError === undefined ? {} : { onError }),
				...(onTruncation === undefined ? {} : { onTruncation }),
				properties: { FastParse: String(options.fastParse ?? false), UseBinaryFormat: 'false' },
			},
			{
				externalMetadataColumnId: external[index]?.id ?? '',
				...(sorted[column] === undefined ? {} : { sortKeyPosition: sorted[column] }),
			},
		),
	)
	const isSorted = Object.keys(sorted).length > 0
	const out = flow.output(name, title, written, { external, attributes: isSorted ? { isSorted: 'true' } : {} })
	const errorTitle = 'Flat File Source Error Output'
	const raw = flow.made(name, errorTitle, 'Flat File Source Error Output Column', { type: 'text' })
	const error = flow.output(name, errorTitle, [raw, ...flow.errorColumns(name, errorTitle)], {
		attributes: { isErrorOut: 'true' },
	})
	flow.add({
		name,
		type,
		properties: { RetainNulls: 'false', FileNameColumnName: '', ...properties },
		connections: [connection],
		outputs: [out, error],
	})
	return { rows: rowsOf(out, Object.values(columns)), errors: rowsOf(error, ['text', 'i4', 'i4']) }
}

/** A component whose output is synchronous: what comes in passes, with new columns behind it, and failed rows leave aside. */
function transform(
	flow: Flow,
	name: string,
	type: string,
	from: Rows,
	inputs: readonly ColumnSpec[],
	makings: Makings,
	columns: readonly ColumnSpec[],
	properties: Texts = {},
): { readonly rows: Rows; readonly errors: Rows } {
	const input = flow.input(name, `${name} Input`, from, inputs)
	const synchronous = { synchronousInputId: input.id, exclusionGroup: 1 }
	const out = flow.output(name, `${name} Output`, columns, { attributes: synchronous })
	const errorTitle = `${name} Error Output`
	const error = flow.output(name, errorTitle, flow.errorColumns(name, errorTitle), {
		attributes: { ...synchronous, isErrorOut: 'true' },
	})
	flow.add({ name, type, properties, inputs: [input], outputs: [out, error] })
	return {
		rows: rowsOf(out, typesOf(makings), from.columns),
		errors: rowsOf(error, ['i4', 'i4'], from.columns),
	}
}

/** Derived Column. A making without a type replaces the column of its name. */
export function derive(flow: Flow, name: string, from: Rows, makings: Makings) {
	const isNew = ([column]: readonly [string, Made]): boolean => !from.columns.some((one) => one.name === column)
	const fresh = Object.fromEntries(Object.entries(makings).filter(isNew))
	const expressions = (one: Made): Texts => ({
		Expression: stored(one.expression ?? '', from, flow.format),
		FriendlyExpression: one.expression ?? '',
	})
	const replaced = Object.entries(makings).filter((entry) => !isNew(entry))
	const inputs = replaced.map(([column, one]) =>
		flow.used(name, from, column, expressions(one), {
			usageType: 'readWrite',
			errorRowDisposition: one.onError ?? 'FailComponent',
			truncationRowDisposition: one.onTruncation ?? one.onError ?? 'FailComponent',
		}),
	)
	const columns = Object.entries(fresh).map(([column, one]) =>
		flow.made(name, `${name} Output`, column, { ...one, properties: expressions(one) }),
	)
	return transform(flow, name, 'Microsoft.DerivedColumn', from, inputs, fresh, columns)
}

/** Data Conversion: `from` names the column that a new one is made of. */
export function convert(flow: Flow, name: string, from: Rows, makings: Makings) {
	const sources = [...new Set(Object.entries(makings).map(([column, one]) => one.from ?? column))]
	const columns = Object.entries(makings).map(([column, one]) =>
		flow.made(name, `${name} Output`, column, {
			...one,
			properties: {
				SourceInputColumnLineageID: reference(find(from, one.from ?? column).lineage, flow.format),
				FastParse: 'false',
				...one.properties,
			},
		}),
	)
	const inputs = sources.map((column) => flow.used(name, from, column))
	return transform(flow, name, 'Microsoft.DataConvert', from, inputs, makings, columns)
}

/** Character Map and Copy Column, in a column of their own. */
export function map(flow: Flow, name: string, type: string, from: Rows, makings: Makings) {
	const property = type === 'Microsoft.CopyMap' ? 'copyColumnId' : 'InputColumnLineageID'
	const sources = [...new Set(Object.values(makings).map((one) => one.from ?? ''))]
	const columns = Object.entries(makings).map(([column, one]) =>
		flow.made(name, `${name} Output`, column, {
			...one,
			properties: { [property]: reference(find(from, one.from ?? '').lineage, flow.format), ...one.properties },
		}),
	)
	const inputs = sources.map((column) => flow.used(name, from, column))
	return transform(flow, name, type, from, inputs, makings, columns)
}

/** Conditional Split: conditions by output, in the order of evaluation; the rows that none takes leave by `rest`. */
export function split<Names extends string>(
	flow: Flow,
	name: string,
	from: Rows,
	conditions: Readonly<Record<Names, string>>,
	options: { readonly onError?: string | Readonly<Record<string, string>> } = {},
): Readonly<Record<Names | 'rest' | 'errors', Rows>> {
	const input = flow.input(name, 'Conditional Split Input', from)
	const synchronous = { synchronousInputId: input.id, exclusionGroup: 1 }
	const { onError = 'FailComponent' } = options
	const tested = Object.entries<string>(conditions).map(([title, condition], order) =>
		flow.output(name, title, [], {
			attributes: {
				...synchronous,
				errorRowDisposition: typeof onError === 'string' ? onError : (onError[title] ?? 'FailComponent'),
				truncationRowDisposition: 'FailComponent',
			},
			properties: {
				Expression: stored(condition, from, flow.format),
				FriendlyExpression: condition,
				EvaluationOrder: order,
			},
		}),
	)
	const rest = flow.output(name, 'rest', [], { attributes: synchronous, properties: { IsDefaultOut: 'true' } })
	const error = flow.output(name, 'Conditional Split Error Output', flow.errorColumns(name, 'errors'), {
		attributes: { ...synchronous, isErrorOut: 'true' },
	})
	// The designer stores outputs in the order of their making: the last condition first here.
	const outputs = [rest, ...tested.toReversed(), error]
	flow.add({ name, type: 'Microsoft.ConditionalSplit', inputs: [input], outputs })
	const entries = [...tested, rest].map((one) => [one.name ?? '', { id: one.id, columns: from.columns }] as const)
	const errors = rowsOf(error, ['i4', 'i4'], from.columns)
	return Object.fromEntries([...entries, ['errors', errors]]) as Readonly<Record<Names | 'rest' | 'errors', Rows>>
}

export interface LookupSpec {
	/** Input column → reference column. */
	readonly keys: Readonly<Record<string, string>>
	/** New column → reference column and type. */
	readonly take?: Readonly<Record<string, readonly [string, string]>>
	/** Input column → reference column that replaces it. */
	readonly replace?: Readonly<Record<string, string>>
	readonly connection: string
	readonly properties?: Texts
	readonly onError?: string
}

export function lookup(flow: Flow, name: string, from: Rows, spec: LookupSpec) {
	const { keys, take = {}, replace = {}, onError = 'FailComponent' } = spec
	const inputs = [...new Set([...Object.keys(keys), ...Object.keys(replace)])].map((column) =>
		flow.used(
			name,
			from,
			column,
			{ JoinToReferenceColumn: keys[column] ?? '', CopyFromReferenceColumn: replace[column] ?? '' },
			replace[column] === undefined ? {} : { usageType: 'readWrite' },
		),
	)
	const input = flow.input(name, 'Lookup Input', from, inputs)
	const synchronous = { synchronousInputId: input.id, exclusionGroup: 1 }
	const title = 'Lookup Match Output'
	const columns = Object.entries(take).map(([column, [copied, type]]) =>
		flow.made(name, title, column, { type, properties: { CopyFromReferenceColumn: copied } }),
	)
	const match = flow.output(name, title, columns, {
		attributes: { ...synchronous, errorRowDisposition: onError, truncationRowDisposition: 'FailComponent' },
	})
	const miss = flow.output(name, 'Lookup No Match Output', [], { attributes: synchronous })
	const errorTitle = 'Lookup Error Output'
	const error = flow.output(name, errorTitle, flow.errorColumns(name, errorTitle), {
		attributes: { ...synchronous, isErrorOut: 'true' },
	})
	const properties = { SqlCommand: '', ConnectionType: 0, CacheType: 0, NoMatchBehavior: 0, ...spec.properties }
	const outputs = [match, miss, error]
	flow.add({ name, type: 'Microsoft.Lookup', properties, connections: [spec.connection], inputs: [input], outputs })
	return {
		rows: rowsOf(
			match,
			Object.values(take).map(([, type]) => type),
			from.columns,
		),
		misses: { id: miss.id, columns: from.columns },
		errors: rowsOf(error, ['i4', 'i4'], from.columns),
	}
}

/** Any transformation whose output has columns of its own only. Those of `columns` may refer to what comes in by `from`. */
export function remake(
	flow: Flow,
	name: string,
	type: string,
	from: Rows,
	spec: {
		readonly uses: Readonly<Record<string, Texts>>
		readonly columns: Makings
		/** The property of a new column that refers to the one it is made of. */
		readonly property: string
		readonly properties?: Texts
		readonly sorted?: Readonly<Record<string, number>>
		readonly attributes?: Readonly<Record<string, Texts>>
	},
): Rows {
	const inputs = Object.entries(spec.uses).map(([column, properties]) => flow.used(name, from, column, properties))
	const input = flow.input(name, `${name} Input`, from, inputs)
	const columns = Object.entries(spec.columns).map(([column, one]) =>
		flow.made(
			name,
			`${name} Output`,
			column,
			{
				...one,
				properties: {
					...(one.from === undefined ? {} : { [spec.property]: reference(find(from, one.from).lineage, flow.format) }),
					...one.properties,
				},
			},
			{
				...(spec.sorted?.[column] === undefined ? {} : { sortKeyPosition: spec.sorted[column] }),
				...spec.attributes?.[column],
			},
		),
	)
	const isSorted = spec.sorted !== undefined
	const out = flow.output(name, `${name} Output`, columns, { attributes: isSorted ? { isSorted: 'true' } : {} })
	flow.add({ name, type, properties: spec.properties ?? {}, inputs: [input], outputs: [out] })
	return rowsOf(out, typesOf(spec.columns))
}

/** Sort by `keys` (rank, negative when descending; flags of comparison): all columns stay. */
export function sort(
	flow: Flow,
	name: string,
	from: Rows,
	keys: Readonly<Record<string, number>>,
	options: { readonly flags?: Readonly<Record<string, number>>; readonly unique?: boolean } = {},
): Rows {
	const uses = from.columns.map(({ name: column }) => [
		column,
		{ NewSortKeyPosition: keys[column] ?? 0, NewComparisonFlags: options.flags?.[column] ?? 0 },
	])
	const columns = from.columns.map(({ name: column, type }) => [column, { type, from: column }])
	const flags = Object.entries(options.flags ?? {}).map(([column, bits]) => [column, { comparisonFlags: bits }])
	return remake(flow, name, 'Microsoft.Sort', from, {
		uses: Object.fromEntries(uses) as Readonly<Record<string, Texts>>,
		columns: Object.fromEntries(columns) as Makings,
		property: 'SortColumnId',
		properties: { EliminateDuplicates: String(options.unique ?? false), MaximumThreads: -1 },
		sorted: keys,
		attributes: Object.fromEntries(flags) as Readonly<Record<string, Texts>>,
	})
}

/** Merge, Merge Join and Union All: several inputs, each of which feeds columns of the output. */
export function combine(
	flow: Flow,
	name: string,
	type: string,
	inputs: readonly Rows[],
	columns: Readonly<Record<string, { readonly type: string; readonly from: readonly (string | null)[] }>>,
	options: { readonly properties?: Texts; readonly sorted?: Readonly<Record<string, number>> } = {},
): Rows {
	const isJoin = type === 'Microsoft.MergeJoin'
	const title = `${name} Output`
	const plain = Object.entries(columns).map(([column, one]) =>
		flow.made(
			name,
			title,
			column,
			{ type: one.type },
			options.sorted?.[column] === undefined ? {} : { sortKeyPosition: options.sorted[column] },
		),
	)
	const ports = inputs.map((from, index) => {
		const keys = isJoin ? from.columns.filter(({ rank = 0 }) => rank !== 0).map((one) => one.name) : []
		const taken = Object.values(columns).flatMap(({ from: fed }) => fed[index] ?? [])
		const uses = [...new Set([...keys, ...taken])].map((column) => {
			const target = Object.values(columns).findIndex(({ from: fed }) => fed[index] === column)
			const lineage = plain[target]?.id ?? ''
			return flow.used(
				`${name}.${index}`,
				from,
				column,
				isJoin ? {} : { OutputColumnLineageID: reference(lineage, flow.format) },
			)
		})
		return flow.input(name, `${name} Input ${index + 1}`, from, uses)
	})
	const outputColumns = plain.map((column) => {
		if (!isJoin) return column
		const { from = [] } = columns[column.name ?? ''] ?? {}
		const side = from.findIndex((one) => one !== null)
		const id = ports[side]?.columns?.find((one) => one.name === from[side])?.id ?? ''
		return { ...column, properties: { InputColumnID: reference(id, flow.format) } }
	})
	const out = flow.output(name, title, outputColumns, {
		attributes: options.sorted === undefined ? {} : { isSorted: 'true' },
	})
	flow.add({ name, type, properties: options.properties ?? {}, inputs: ports, outputs: [out] })
	return rowsOf(
		out,
		Object.values(columns).map((one) => one.type),
	)
}

/** Multicast, and other components that give the rows on to outputs of these names. */
export function fan<Names extends string>(
	flow: Flow,
	name: string,
	type: string,
	from: Rows,
	outputs: Readonly<Record<Names, Texts>>,
	properties: Texts = {},
	uses: Readonly<Record<string, Texts>> = {},
	connections: readonly string[] = [],
): Readonly<Record<Names, Rows>> {
	const inputs = Object.entries(uses).map(([column, texts]) => flow.used(name, from, column, texts))
	const input = flow.input(name, `${name} Input`, from, inputs)
	const ports = Object.entries<Texts>(outputs).map(([title, texts]) =>
		flow.output(name, title, [], { attributes: { synchronousInputId: input.id }, properties: texts }),
	)
	flow.add({ name, type, properties, connections, inputs: [input], outputs: ports })
	return Object.fromEntries(ports.map((one) => [one.name ?? '', { id: one.id, columns: from.columns }])) as Readonly<
		Record<Names, Rows>
	>
}

/** A destination: file column → column that comes in (absent: nothing is mapped to it). */
export function target(
	flow: Flow,
	name: string,
	connection: string,
	from: Rows,
	columns: Readonly<Record<string, string | null>>,
	options: { readonly type?: string; readonly properties?: Texts } = {},
): void {
	const external = Object.keys(columns).map((column) => ({ id: `${flow.name}.${name}.x.${column}`, name: column }))
	const inputs = Object.entries(columns).flatMap(([column, given], index) =>
		given === null
			? []
			: [flow.used(`${name}.${column}`, from, given, {}, { externalMetadataColumnId: external[index]?.id ?? '' })],
	)
	const input = flow.input(name, `${name} Input`, from, inputs, { external })
	const { type = 'Microsoft.FlatFileDestination', properties } = options
	flow.add({ name, type, properties: properties ?? { Overwrite: 'true' }, connections: [connection], inputs: [input] })
}
