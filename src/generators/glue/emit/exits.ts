/** Rows that do not go on: the run ends, the row is dropped, or it leaves by the reject port. */
import type { Py } from '#languages/python.ts'
import { anyOf, atom, fn, lit, method, pyString } from '#languages/python.ts'
import type { Operator, RejectColumns } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import { noneOf, orFalse } from './columns.ts'
import type { FlowContext } from './context.ts'
import { assign } from './context.ts'
import type { Exit } from './settle.ts'

/** Column that holds why a row leaves, while it is being decided. */
const errorColumn = '_error'

/** Lines that end the run where a row must not be there. Tests that leave rows before count first. */
export function failures(
	operator: Operator,
	source: string,
	frame: string,
	exits: readonly Exit[],
	context: FlowContext,
): readonly Node[] {
	const lines: Node[] = []
	const before: Py[] = []
	let from = source
	for (const { test, policy, what } of exits) {
		if (policy.kind !== 'fail') {
			before.push(test)
			continue
		}
		const others = anyOf(before)
		const failed = others === undefined ? test : fn('when', others, lit(false))
		const full = others === undefined ? failed : method(failed, 'otherwise', test)
		const message = pyString(context.message(operator, what))
		lines.push(`${frame} = ${context.use('ensure')}(${from}, ${full.code}, ${message})`)
		from = frame
	}
	return lines
}

export interface Parted {
	readonly lines: readonly Node[]
	/** Calls that leave the rows that go on. */
	readonly keep: readonly string[]
	/** Name of the frame that has both kinds of rows. */
	readonly frame: string
}

/**
 * Parts the rows that go on from those that leave, which are given to the reject port when somebody reads it.
 */
export function part(
	operator: Operator,
	frame: string,
	exits: readonly Exit[],
	reject: RejectColumns,
	context: FlowContext,
): Parted {
	const leaving = exits.filter(({ policy }) => policy.kind !== 'fail')
	if (leaving.length === 0) return { lines: [], keep: [], frame }
	const linked = context.linkedPorts(operator).includes('reject')
	if (!linked) {
		const staying = noneOf(withoutImplied(leaving))
		return { lines: [], frame, keep: staying === undefined ? [] : [`filter(${staying.code})`] }
	}
	const rejected = context.variable(operator, 'reject')
	const given = context.input(operator, 'in')
	context.give(operator, 'reject', { ...given, name: rejected })
	const judged = context.fresh(`${context.variable(operator, 'out')}_judged`)
	const named = reject.errorCode !== undefined || reject.errorColumn !== undefined
	const plain = !named && leaving.every(({ policy }) => policy.kind === 'redirect')
	return plain
		? partPlainly(judged, rejected, frame, leaving)
		: partWithReason({ judged, rejected, frame, leaving, reject })
}

/** Where nobody asks why, `a is there & b is null` says nothing beside `b is null`. */
function withoutImplied(exits: readonly Exit[]): readonly Py[] {
	const tests = exits.map(({ test }) => test)
	return tests.filter(
		({ code, level }) => level !== 'bit-and' || !tests.some((other) => code.endsWith(` & ${other.code}`)),
	)
}

/** Nobody asks why a row leaves: one test parts the rows. */
function partPlainly(judged: string, rejected: string, frame: string, leaving: readonly Exit[]): Parted {
	const tests = anyOf(withoutImplied(leaving)) ?? lit(false)
	return {
		lines: [
			`${judged} = ${frame}.withColumn("${errorColumn}", ${orFalse(tests).code}).persist()`,
			assign(rejected, judged, [`filter("${errorColumn}")`, `drop("${errorColumn}")`]),
		],
		keep: [`filter(~F.col("${errorColumn}"))`, `drop("${errorColumn}")`],
		frame: judged,
	}
}

interface Parting {
	readonly judged: string
	readonly rejected: string
	readonly frame: string
	readonly leaving: readonly Exit[]
	readonly reject: RejectColumns
}

/** The first test that holds gives the row its error code and column. */
function partWithReason({ judged, rejected, frame, leaving, reject }: Parting): Parted {
	const why = leaving.reduce<Py | undefined>((chain, exit) => {
		const value =
			exit.policy.kind === 'redirect' ? errorValue(exit.policy.code, exit.policy.column) : errorValue(null, null)
		return chain === undefined ? fn('when', exit.test, value) : method(chain, 'when', exit.test, value)
	}, undefined)
	const drops = leaving.some(({ policy }) => policy.kind === 'drop')
	const wanted = drops ? `F.col("${errorColumn}.code").isNotNull()` : `F.col("${errorColumn}").isNotNull()`
	return {
		lines: [
			`${judged} = ${frame}.withColumn("${errorColumn}", ${why?.code ?? ''}).persist()`,
			assign(rejected, judged, [`filter(${wanted})`, ...errorCalls(reject), `drop("${errorColumn}")`]),
		],
		keep: [`filter(F.col("${errorColumn}").isNull())`, `drop("${errorColumn}")`],
		frame: judged,
	}
}

function errorValue(code: number | null, columnId: number | null): Py {
	const value = (number: number | null): Py => (number === null ? atom('F.lit(None).cast("int")') : fn('lit', number))
	return fn('struct', method(value(code), 'alias', 'code'), method(value(columnId), 'alias', 'column'))
}

function errorCalls(reject: RejectColumns): readonly string[] {
	const calls: string[] = []
	if (reject.errorCode !== undefined)
		calls.push(`withColumn(${pyString(reject.errorCode)}, F.col("${errorColumn}.code"))`)
	if (reject.errorColumn !== undefined) {
		calls.push(`withColumn(${pyString(reject.errorColumn)}, F.col("${errorColumn}.column"))`)
	}
	return calls
}

/** Adds columns of a known code to rows that leave. */
export function rejectCalls(reject: RejectColumns, code: number, columnId: number): readonly string[] {
	const calls: string[] = []
	if (reject.errorCode !== undefined) calls.push(`withColumn(${pyString(reject.errorCode)}, F.lit(${code}))`)
	if (reject.errorColumn !== undefined) calls.push(`withColumn(${pyString(reject.errorColumn)}, F.lit(${columnId}))`)
	return calls
}
