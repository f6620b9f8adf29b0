/** Row dispositions of SSIS as failure policies, and the columns of error outputs. */
import type { FailurePolicy, RejectColumns } from '#model/operators.ts'
import type { Dispositions, OutputRecord } from '../formats/records.ts'
import type { Buffer } from './buffer.ts'
import { extend } from './buffer.ts'
import type { ComponentContext } from './parts.ts'
import { declare } from './parts.ts'

/** Codes that SSIS gives in column ErrorCode (Microsoft: Integration Services Error and Message Reference). */
export const errorCodes = {
	/** 0xC0209029: an error occurred and the disposition says so. */
	error: -1_071_607_767,
	/** 0xC020902A: the same for a truncation. */
	truncation: -1_071_607_766,
	/** 0xC020902B: a condition was null. */
	nullCondition: -1_071_607_765,
	/** 0xC020901E: the row yielded no match during lookup. */
	noMatch: -1_071_607_778,
} as const

/** `IgnoreFailure` makes a failed value null and keeps a cut text; a row that is redirected to no path is dropped. */
export function policies(
	dispositions: Dispositions,
	column: number,
): { onError: FailurePolicy; onTruncation: FailurePolicy } {
	return {
		onError: policy(dispositions.onError, { kind: 'null' }, errorCodes.error, column),
		onTruncation: policy(dispositions.onTruncation, { kind: 'cut' }, errorCodes.truncation, column),
	}
}

export function policy(disposition: string, ignored: FailurePolicy, code: number, column: number): FailurePolicy {
	switch (disposition) {
		case 'IgnoreFailure':
			return ignored
		case 'RedirectRow':
			return { kind: 'redirect', code, column }
		default:
			return { kind: 'fail' }
	}
}

export const failing: { onError: FailurePolicy; onTruncation: FailurePolicy } = {
	onError: { kind: 'fail' },
	onTruncation: { kind: 'fail' },
}

/** The error output's columns: those of the rejected row, then ErrorCode and ErrorColumn under names of their own. */
export function rejected(row: Buffer, output: OutputRecord | undefined): { buffer: Buffer; reject: RejectColumns } {
	if (output === undefined) return { buffer: row, reject: {} }
	const special = output.columns.filter((column) => column.special === 1 || column.special === 2)
	const buffer = extend(row, special)
	const nameOf = (flag: number): string | undefined => {
		const lineage = special.find((column) => column.special === flag)?.lineage
		return buffer.find((column) => column.lineage === lineage)?.name
	}
	const [errorCode, errorColumn] = [nameOf(1), nameOf(2)]
	const reject = {
		...(errorCode === undefined ? {} : { errorCode }),
		...(errorColumn === undefined ? {} : { errorColumn }),
	}
	return { buffer, reject }
}

/** ErrorCode tells kinds of failure apart that these packages do not, and ids of columns are given when a package is loaded. */
export function declareErrorNumbers(context: ComponentContext, output: OutputRecord | undefined): void {
	if (output === undefined || !context.isLinked(output)) return
	const used = output.columns.filter((column) => column.special > 0 && context.isUsed(column.lineage))
	if (used.length === 0) return
	const names = used.map((column) => column.name).join(' and ')
	declare(context, 'RG-D020', `${names} of redirected rows may hold other numbers.`)
}
