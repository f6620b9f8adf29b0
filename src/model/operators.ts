/**
 * The small algebra of data flows. A stage or component of the source lowers to one or several operators;
 * each names the element it came from, its inputs and outputs are ports, and links join ports.
 */

import type { ChangeApplyOperator, ChangeCaptureOperator, SlowlyChangingOperator } from './changes.ts'
import type { ChecksumOperator } from './checksum.ts'
import type { Collation } from './collation.ts'
import type { MaintainDimensionOperator } from './dimension.ts'
import type { Expression, SourcedExpression } from './expressions.ts'
import type { GatherOperator, SpreadOperator } from './nesting.ts'
import type { KeyPair, OperatorBase, TakenColumn } from './operator-base.ts'
import type { Source, Target } from './places.ts'
import type { Provenance } from './provenance.ts'
import type { LookAheadOperator, RepeatOperator, ReplayOperator } from './repeating.ts'
import type { GenerateOperator, PivotOperator, SampleOperator, UnpivotOperator } from './reshaping.ts'
import type { CommandOperator } from './row-commands.ts'
import type { ScriptProgram, ScriptType } from './scripts.ts'
import type { SimilarGroupOperator, SimilarLookupOperator } from './similarity.ts'
import type { TermExtractionOperator, TermLookupOperator } from './terms.ts'
import type { Column, Schema } from './types.ts'
import type { Value } from './values.ts'

export type { KeyPair, SampleOperator, TakenColumn }

/** Names one end of a link. Main ports: `in`, `out`, `reject`; a join has `left`, `right`; a lookup `in`, `reference`. */
export interface PortRef {
	readonly operator: string
	readonly port: string
}

/** An edge. Several links may leave one port: each carries all of its rows (a fan-out). Exactly one link enters an input port. */
export interface Link {
	readonly id: string
	/** The link's name in the source, or a telling one for links that lowering made. */
	readonly name: string
	readonly from: PortRef
	readonly to: PortRef
	readonly schema: Schema
	readonly provenance: Provenance
}

export interface DataFlow {
	readonly id: string
	readonly name: string
	/** In an order in which every operator stands after those that feed it. */
	readonly operators: readonly Operator[]
	readonly links: readonly Link[]
	readonly provenance: Provenance
}

/**
 * What happens to a row (or value) when an expression fails, or a text is too long.
 * `fail` ends the run; `null` and `default` replace the value; `cut` keeps the truncated text (truncation only);
 * `redirect` sends the input row to the reject port, `drop` drops it.
 */
export type FailurePolicy =
	| { readonly kind: 'fail' }
	| { readonly kind: 'null' }
	| { readonly kind: 'default'; readonly value: Value }
	| { readonly kind: 'cut' }
	| { readonly kind: 'drop' }
	| { readonly kind: 'redirect'; readonly code: number; readonly column: number }

/** Names of the columns that a reject port adds to the input row (SSIS: ErrorCode, ErrorColumn); absent = not added. */
export interface RejectColumns {
	readonly errorCode?: string
	readonly errorColumn?: string
}

export interface ReadOperator extends OperatorBase {
	readonly kind: 'read'
	readonly source: Source
	/** Port `out` carries these; a text file gives all of them as unbounded strings. */
	readonly schema: Schema
}

export interface WriteOperator extends OperatorBase {
	readonly kind: 'write'
	readonly target: Target
	/** Input `in` must have these columns, in this order. */
	readonly schema: Schema
}

export interface ProjectColumn {
	readonly name: string
	readonly type: Column['type']
	readonly nullable: boolean
	/** Its type may differ from `type` only by what assignment truncates: the length of a text. */
	readonly value: SourcedExpression
	readonly onError: FailurePolicy
	readonly onTruncation: FailurePolicy
	/** What a null means where the column is not nullable; `allow` where it is, or the source does not care. */
	readonly onNull: FailurePolicy | { readonly kind: 'allow' }
	readonly provenance: Provenance
}

/** Derives, renames, drops, converts. Ports: `in` → `out`, `reject` (input columns + `reject` columns). */
export interface ProjectOperator extends OperatorBase {
	readonly kind: 'project'
	/** `none`: only `columns` leave, in this order. `all`: input columns pass (less `drop`), a derived one of the same name replaces. */
	readonly passThrough: 'none' | 'all'
	readonly drop: readonly string[]
	readonly columns: readonly ProjectColumn[]
	/** `together`: every expression sees the input row. `in-turn`: each also sees those above it (stage variables). */
	readonly evaluation: 'together' | 'in-turn'
	readonly reject: RejectColumns
}

export interface FilterOperator extends OperatorBase {
	readonly kind: 'filter'
	/** A null counts as false. */
	readonly condition: SourcedExpression
	/** Port `out` rows that meet it; rows that do not leave by `reject` when a link is there. */
	readonly onError: FailurePolicy
}

export interface Route {
	/** Output port. */
	readonly port: string
	/** Absent: every row. */
	readonly condition?: SourcedExpression
	/** What a condition that goes wrong means, where it is not what the operator says (SSIS: each output has its own disposition). */
	readonly failing?: Pick<RouteOperator, 'onNull' | 'onError'>
	/** Source order of the condition; routes stand in the order in which they are tried. */
	readonly provenance: Provenance
}

/** Sends a row to the first route whose condition holds (`first`), or to every one (`every`). */
export interface RouteOperator extends OperatorBase {
	readonly kind: 'route'
	readonly mode: 'first' | 'every'
	readonly routes: readonly Route[]
	/** Ports for rows that no route before them took; `after` = number of routes that stand before it. */
	readonly otherwise: readonly { readonly port: string; readonly after: number }[]
	/** A condition that is null: counts as false, or is an error (SSIS Conditional Split). */
	readonly onNull: { readonly kind: 'false' } | FailurePolicy
	readonly onError: FailurePolicy
	/** What a row means that no route and no otherwise port takes; absent: it goes nowhere. Only with mode `first`. */
	readonly unrouted?: 'fail'
	/** Why the run then ends, where the source has a reason of its own. */
	readonly unroutedMessage?: string
	readonly reject: RejectColumns
}

/** Ports: `left`, `right` → `out`. */
export interface JoinOperator extends OperatorBase {
	readonly kind: 'join'
	readonly how: 'inner' | 'left' | 'right' | 'full'
	readonly keys: readonly KeyPair[]
	readonly nullsEqual: boolean
	readonly columns: readonly TakenColumn[]
}

/** A bound of a range: the input's column stands so to the reference's. A null on either side meets none. */
export interface RangeBound {
	readonly left: string
	readonly test: '<' | '<=' | '>' | '>='
	readonly right: string
}

export type MissPolicy = 'fail' | 'continue' | 'drop' | 'reject'

/** Ports: `in`, `reference` → `out`, `reject` (input columns only, + `reject` columns). In `keys`, left = input, right = reference. */
export interface LookupOperator extends OperatorBase {
	readonly kind: 'lookup'
	/** May be empty where there are `ranges`. */
	readonly keys: readonly KeyPair[]
	/** Bounds that a reference row must meet, all of them, besides the keys. */
	readonly ranges?: readonly RangeBound[]
	readonly nullsEqual: boolean
	/** Which of several matching reference rows count, in the order in which the reference arrives. */
	readonly match: 'first' | 'last' | 'all'
	/** Tested on the input row before the lookup. */
	readonly condition?: SourcedExpression
	readonly onConditionNotMet: MissPolicy
	readonly onMiss: MissPolicy
	/** All input columns pass; these reference columns (side `right`) are added or, of the same name, replace. */
	readonly take: readonly TakenColumn[]
	/** Error code and column id of a redirected miss, for `reject` columns. */
	readonly reject: RejectColumns
	readonly missCode: number
	/** The run ends when two reference rows share a key, whether or not a row looks for it. */
	readonly onDuplicates?: 'fail'
	/** The reference may be too large for memory. */
	readonly large?: true
}

/** Ports: `in0`, `in1`, … → `out`. */
export interface UnionOperator extends OperatorBase {
	readonly kind: 'union'
	/** `arrival`: no order between inputs is promised. `sequence`: all of `in0`, then `in1`, … `sorted`: merged by `keys`. */
	readonly how: 'arrival' | 'sequence' | 'sorted'
	readonly inputs: number
	readonly keys: readonly SortKey[]
	/** For each output column, the column of each input that feeds it; null = nothing does, the value is null. */
	readonly columns: readonly { readonly column: Column; readonly from: readonly (string | null)[] }[]
}

export type AggregateFunction =
	| 'sum'
	| 'min'
	| 'max'
	| 'mean'
	| 'count-rows'
	| 'count'
	| 'count-missing'
	| 'count-distinct'
	| 'first'
	| 'last'
	| SpreadFunction

/**
 * How far numbers lie apart, as doubles. `variance`, `deviation` (its root), `standard-error` (that by the root of the count)
 * and `variation` (percent of the mean) divide by the count less one; `corrected-squares` sums squares of the distance from the
 * mean, `squares` those of the values; `population-variance` divides by the count; `range` is the greatest less the least.
 */
export type SpreadFunction =
	| 'variance'
	| 'population-variance'
	| 'deviation'
	| 'standard-error'
	| 'variation'
	| 'corrected-squares'
	| 'squares'
	| 'range'

export interface Measure {
	readonly name: string
	readonly type: Column['type']
	readonly nullable: boolean
	readonly function: AggregateFunction
	/** Absent only for `count-rows`. */
	readonly column?: string
	/**
	 * Result for a group without any non-null value (DataStage: 0 unless Allow Null Output), or for one where a spread divides by
	 * nothing: of one value, or around a mean of zero.
	 */
	readonly whenEmpty: Value
	readonly collation: Collation
}

/** Ports: `in` → `out`. Null keys form a group of their own. */
export interface AggregateOperator extends OperatorBase {
	readonly kind: 'aggregate'
	readonly keys: readonly { readonly column: string; readonly name: string; readonly collation: Collation }[]
	readonly measures: readonly Measure[]
	/** Without keys: one row even for no input (`true`), or none. */
	readonly rowForNoInput: boolean
	/** Output order that the source promises: by key (sort method) or none. */
	readonly ordered: boolean
}

export interface SortKey {
	readonly column: string
	readonly direction: 'ascending' | 'descending'
	readonly nulls: 'first' | 'last'
	readonly collation: Collation
}

/** Ports: `in` → `out`. Stable where the source is. */
export interface SortOperator extends OperatorBase {
	readonly kind: 'sort'
	readonly keys: readonly SortKey[]
	readonly stable: boolean
	/** Keep one row for each key: the first that arrived. */
	readonly unique: boolean
	/** Name of an int8 column that is 1 on the first row of each key value, else 0. */
	readonly keyChange?: string
}

/** Keeps the first or last row of each key, in arrival order. Ports: `in` → `out`. */
export interface DistinctOperator extends OperatorBase {
	readonly kind: 'distinct'
	readonly keys: readonly { readonly column: string; readonly collation: Collation }[]
	readonly keep: 'first' | 'last'
	/** The run ends when a key comes twice. */
	readonly onDuplicates?: 'fail'
}

/** Adds a running number in arrival order. Ports: `in` → `out`. */
export interface NumberOperator extends OperatorBase {
	readonly kind: 'number'
	readonly column: Column
	readonly start: bigint
	readonly step: bigint
	/** Several partitions of the old job count in steps of their number, so that no number comes twice. */
	readonly inSteps?: true
}

export interface StateVariable {
	readonly name: string
	readonly type: Column['type']
	readonly initial: Expression
	/** May read input columns and any variable: those above hold this row's value, itself and those below the previous row's. */
	readonly value: SourcedExpression
	readonly provenance: Provenance
}

/** Variables that remember the previous row, in arrival order. All input columns pass; the variables are added. Ports: `in` → `out`. */
export interface StatefulOperator extends OperatorBase {
	readonly kind: 'stateful'
	readonly variables: readonly StateVariable[]
}

/** Looks at rows as they pass: counts them into a variable, or shows some in the log. Ports: `in` → `out`. */
export interface ObserveOperator extends OperatorBase {
	readonly kind: 'observe'
	readonly what:
		| { readonly kind: 'row-count'; readonly variable: string }
		| { readonly kind: 'peek'; readonly rows: number }
}

/** What an output of a script gives: rows of the input with `columns` added or replaced, or rows of its own with these columns. */
export interface ScriptOutput {
	readonly port: string
	/** `all`: every row of the input. `sent`: those that the script sends there. `made`: rows that it makes itself. */
	readonly rows: 'all' | 'sent' | 'made'
	readonly columns: readonly Column[]
}

/** Foreign code over rows. Ports: `in`, where it has an input → one for each output. */
export interface ScriptOperator extends OperatorBase {
	readonly kind: 'script'
	readonly program: ScriptProgram
	readonly hasInput: boolean
	/** Columns of the input that it reads, and those that it replaces. */
	readonly reads: readonly string[]
	readonly replaces: readonly Column[]
	readonly outputs: readonly ScriptOutput[]
	/** What it does to a row hangs on the rows before: all rows pass it in order of arrival, one after another. */
	readonly remembers: boolean
	/** Variables that get the value of the field of that name behind the last row. */
	readonly sets: readonly ScriptSets[]
	/** It works on files or the web while rows pass: it runs in the one place where they can be reached. */
	readonly reachesOutside?: true
}

export interface ScriptSets {
	readonly variable: string
	readonly type: ScriptType
}

/** Read but not understood: fails when reached. Any ports. */
export interface OpaqueOperator extends OperatorBase {
	readonly kind: 'opaque'
	/** The source's own name for what it is: `PxPivot`, `Microsoft.ScriptComponent`. */
	readonly sourceType: string
	readonly reason: string
	/** The element as the export holds it (secrets removed), for the stub's comment and a later translation. */
	readonly text: string
}

export type Operator =
	| ReadOperator
	| WriteOperator
	| ProjectOperator
	| FilterOperator
	| RouteOperator
	| JoinOperator
	| LookupOperator
	| UnionOperator
	| AggregateOperator
	| SortOperator
	| DistinctOperator
	| NumberOperator
	| StatefulOperator
	| RepeatOperator
	| LookAheadOperator
	| ReplayOperator
	| SampleOperator
	| PivotOperator
	| UnpivotOperator
	| GatherOperator
	| SpreadOperator
	| GenerateOperator
	| ChangeCaptureOperator
	| ChecksumOperator
	| ChangeApplyOperator
	| SlowlyChangingOperator
	| MaintainDimensionOperator
	| SimilarLookupOperator
	| SimilarGroupOperator
	| TermLookupOperator
	| TermExtractionOperator
	| ObserveOperator
	| CommandOperator
	| ScriptOperator
	| OpaqueOperator

export type OperatorKind = Operator['kind']
export type OperatorOf<K extends OperatorKind> = Extract<Operator, { kind: K }>
