/** What an operator needs to know while a flow runs, and how it reports back. */
import type { RunFacts } from '#languages/catalogue.ts'
import type { Scope } from '#languages/evaluate.ts'
import type { Operator, OperatorKind, OperatorOf } from '#model/operators.ts'
import type { Change } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type { Tracker } from './coverage.ts'
import type { Answer, Effect, Outside } from './effects.ts'
import type { LegacySwitch } from './legacy/switch.ts'
import type { RowOrder } from './row-order.ts'

/** Files of a text source in the order in which they are read (decoded, without a byte order mark), or typed rows. */
export type SourceData =
	| {
			readonly kind: 'text'
			readonly files: readonly string[]
			/** Instead: the file by its path, for a source whose path the run decides. */
			readonly byPath?: ReadonlyMap<string, string>
	  }
	| { readonly kind: 'rows'; readonly rows: readonly Row[] }

/** Values by name: a map, or something that computes them on demand. */
export interface Names {
	get(name: string): Value | undefined
}

export interface FlowRequest {
	/** By id of the read operator. */
	readonly inputs: ReadonlyMap<string, SourceData>
	readonly parameters: Names
	readonly variables: Names
	readonly run: RunFacts
	/** Rows that the run holds when the flow starts, by what holds them. Absent: caches are given as inputs. */
	readonly kept?: ReadonlyMap<string, readonly Row[]>
	/** Rows that stand for what an opaque operator would have given, by `<operator>.<port>`. */
	readonly bound?: ReadonlyMap<string, readonly Row[]>
	/** A declared difference that keeps the meaning of the old job in this run. */
	readonly legacy?: LegacySwitch
	/** Answers the statements that run for single rows, and scripts that work on files. Absent: nothing is given. */
	readonly outside?: Outside
}

/** What a write operator wrote. */
export interface FlowOutput {
	readonly operator: string
	readonly element: string
	readonly kind: 'text-file' | 'table' | 'data-set' | 'workbook' | 'rows' | 'command' | 'row-files'
	/** The path, `connection:table`, `connection:statement`, or a variable's name, for this run. */
	readonly place: string
	readonly schema: Schema
	/** With `change`: the rows that count, each key once. */
	readonly rows: readonly Row[]
	/** Place of each row in the order that the source promises; rows that tie share theirs. Absent: no order is promised. */
	readonly order?: readonly number[]
	/** The rows change those that they find by key, rather than being added. */
	readonly change?: Change
	/** Text targets: the file's lines, header included, and its whole text. */
	readonly lines?: readonly string[]
	readonly text?: string
}

/** Rows by port. */
export type Ports = Readonly<Record<string, readonly Row[]>>

export interface FlowContext {
	readonly request: FlowRequest
	readonly tracker: Tracker
	readonly order: RowOrder
	/** Columns of the link that enters that port. */
	schemaOf(operator: Operator, port: string): Schema
	/** Does a link leave that port? */
	isLinked(operator: Operator, port: string): boolean
	/** Output ports that a link leaves, each once. */
	linkedPorts(operator: Operator): readonly string[]
	write(output: FlowOutput): void
	setVariable(name: string, value: Value): void
	/** Runs a statement for a row. */
	act(this: void, effect: Effect): Answer
	/** Holds rows for the rest of the run, under a variable's name or {@link cacheKey}. */
	keep(holder: string, rows: readonly Row[]): void
}

/** What holds the rows of a cache; no variable is called so. */
export const cacheKey = (name: string): string => `cache ${name}`

export type Interpreter<K extends OperatorKind> = (
	operator: OperatorOf<K>,
	inputs: Ports,
	context: FlowContext,
) => Ports

/** The scope of a row: `columns` answers names, `decided` sees which way every `if` went. */
export function rowScope(
	request: Pick<FlowRequest, 'parameters' | 'variables' | 'run'>,
	columns: (name: string) => Value | undefined,
	decided?: Scope['decided'],
): Scope {
	return {
		column: (name) => known(columns(name), 'column', name),
		parameter: (name) => known(request.parameters.get(name), 'parameter', name),
		variable: (name) => known(request.variables.get(name), 'variable', name),
		run: request.run,
		...(decided === undefined ? {} : { decided }),
	}
}

/** A row has every column of its link, so a name that nothing answers is a bug of an importer. */
function known(value: Value | undefined, what: string, name: string): Value {
	if (value === undefined) throw new Error(`no ${what} has the name ${name}`)
	return value
}

/** The value of an own column; a column called `constructor` must not find the object's. */
export function columnOf(row: Row): (name: string) => Value | undefined {
	return (name) => (Object.hasOwn(row, name) ? row[name] : undefined)
}
