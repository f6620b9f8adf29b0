import type { JobReport } from '#evidence/report.ts'
import type { Decided } from '#pipeline/decisions/write.ts'
import { code } from '#publish/markdown.ts'
import type { Act, Command } from '../command.ts'
import { decide } from '../decide.ts'
import { reportsOf } from '../reports.ts'
import { candidates, inUnit } from '../units.ts'
import { wordsFor } from '../words.ts'

type Decision = 'accepted' | 'rejected'

const decideOn = (decision: Decision): Command['read'] =>
	wordsFor({ values: [1, 2] }, ({ values: [id = '', where] }) => ({ act: act(decision, id.toUpperCase(), where) }))

/** `/migrate accept ID`: people live with a declared difference. */
export const accept = {
	takes: 'ID [STAGE|JOB]',
	does: 'accepts a declared difference; with a stage or a job only there',
	examples: ['/migrate accept RG-D003', '/migrate accept RG-D003 DailySales'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: decideOn('accepted'),
} as const satisfies Command

/** `/migrate reject ID`: a person has to write it. */
export const reject = {
	takes: 'ID [STAGE|JOB]',
	does: 'rejects a declared difference: the check fails until a person has written what is wanted',
	examples: ['/migrate reject RG-D003', '/migrate reject RG-D003 DailySales/LkpCustomer'],
	where: 'unit',
	bound: 'head',
	readOnly: false,
	read: decideOn('rejected'),
} as const satisfies Command

const act = (decision: Decision, id: string, where: string | undefined): Act =>
	inUnit(async (scene, talk) => {
		const reports = await reportsOf(scene, talk.units, talk.pull.head.commit)
		const occurrences = reports.flatMap((job) => job.differences.map((difference) => ({ job, difference })))
		const known = [...new Set(occurrences.map(({ difference }) => difference.id))].sort()
		if (!known.includes(id)) {
			const none = known.length === 0 ? ' It carries none.' : candidates(id, known)
			return { kind: 'refused', why: `This pull request carries no declared difference ${code(id)}.${none}` }
		}
		const own = occurrences.filter(({ difference }) => difference.id === id)
		const meant = own.filter(({ job, difference }) => where === undefined || isAt(where, job, difference.element))
		if (where !== undefined && meant.length === 0) {
			const places = candidates(
				where,
				own.map(({ difference }) => difference.element),
			)
			return { kind: 'refused', why: `${code(id)} is nowhere at ${code(where)}.${places}` }
		}
		return decide(scene, talk, byUnit(meant, decision))
	})

function isAt(where: string, job: JobReport, element: string): boolean {
	return [job.name, `${job.unit}/${job.name}`, element, element.split(/[\\/]/).at(-1)].includes(where)
}

function byUnit(
	occurrences: readonly { readonly job: JobReport; readonly difference: JobReport['differences'][number] }[],
	decision: Decision,
): ReadonlyMap<string, readonly Decided[]> {
	const decided = new Map<string, Decided[]>()
	for (const { job, difference } of occurrences) {
		const { id, element, element_fingerprint } = difference
		const entry = {
			job: job.name,
			id,
			element,
			decision,
			...(element_fingerprint === undefined ? {} : { element_fingerprint }),
		}
		decided.set(job.unit, [...(decided.get(job.unit) ?? []), { list: 'differences', entry }])
	}
	return decided
}
