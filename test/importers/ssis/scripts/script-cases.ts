/** Many small pieces of a script in one run: each sets a text of its own, and Spark and the reference agree on all. */
import { expect } from 'vitest'
import type { startSpark } from '../../../support/run-flow.ts'
import { runBoth } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import { added, scriptJob } from './script-job.ts'

export interface Cases {
	readonly language?: 'csharp' | 'vb'
	/** Members of the class beside the row method. */
	readonly members?: string
	/** Statements by what they show; `$` is the column that they set. */
	readonly code: Readonly<Record<string, string>>
	readonly rows: readonly { readonly id: bigint; readonly name: string | null }[]
}

function jobOf({ language = 'csharp', members = '', code }: Cases) {
	const bodies = Object.values(code).map((one, at) => {
		const text = one.replace(/\$(?!")/g, `Row.C${at}`)
		return language === 'vb' ? `If True Then\n${text}\nEnd If` : `{ ${text} }`
	})
	const body =
		language === 'vb'
			? `${members}\nPublic Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)\n${bodies.join('\n')}\nEnd Sub`
			: `${members}\npublic override void Input0_ProcessInputRow(Input0Buffer Row)\n{\n${bodies.join('\n')}\n}`
	const columns = bodies.map((_body, at) => added(`C${at}`, 'wstr', { length: 100 }))
	return scriptJob({ language, input: ['id', 'name'], columns, body })
}

/** What each piece sets, row by row. */
export async function both(
	engine: ReturnType<typeof startSpark>,
	cases: Cases,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
	const job = jobOf(cases)
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, { Src: cases.rows })
	expect(actual, script).toEqual(expected)
	const { T = [] } = expected as { T?: readonly string[] }
	const read = T.map((line) => JSON.parse(line) as Record<string, unknown>)
	// Spark gives rows in no order of its own.
	const rows = cases.rows.flatMap(({ id }) => read.filter((row) => String(row['id']) === String(id)))
	return Object.fromEntries(Object.keys(cases.code).map((name, at) => [name, rows.map((row) => row[`C${at}`])]))
}

/** Why a piece is not understood. */
export function reasonOf(code: string, members = '', language: 'csharp' | 'vb' = 'csharp'): string | undefined {
	return outcome(jobOf({ language, members, code: { it: code }, rows: [] }), 'Code')?.reason
}
