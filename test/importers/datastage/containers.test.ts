import { describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { ColumnSpec, LinkSpec, StageSpec, Values } from '../../support/dsx-builder.ts'
import {
	border,
	container,
	dsxContainer,
	dsxJob,
	header,
	importText,
	operatorOf,
	outcomeOf,
	reads,
	source,
	target,
	wires,
	writes,
} from '../../support/dsx-builder.ts'

const columns: readonly ColumnSpec[] = [
	{ name: 'K', sqlType: 4 },
	{ name: 'T', precision: 10 },
]
const filter = (where: string): StageSpec => ({
	name: 'Only',
	type: 'PxFilter',
	properties: { where: `\u{2}\u{2}0\u{1}\u{3}where\u{2}${where}\u{2}0\u{1}\u{3}\u{3}target\u{2}0\u{2}0` },
})

/** A shared container: rows enter by `cin`, pass `stage`, leave by `cout`. */
const shared = (name: string, stage: StageSpec, parameters: readonly Values[] = []): string =>
	dsxContainer({
		name,
		parameters,
		stages: [border(), stage],
		links: [
			{ name: 'cin', from: 'Border V0', to: stage.name, columns },
			{ name: 'cout', from: stage.name, to: 'Border V0', columns },
		],
	})

const through = (stage: StageSpec): readonly LinkSpec[] => [
	{ name: 'a', from: 'In', to: stage.name, columns, outProperties: reads('/in'), in: { PartnerLink: 'cin' } },
	{ name: 'b', from: stage.name, to: 'Out', columns, inProperties: writes('/out'), out: { PartnerLink: 'cout' } },
]
const using = (stage: StageSpec, parameters: readonly Values[] = []): string =>
	dsxJob({ parameters, stages: [source('In'), stage, target('Out')], links: through(stage) })

function jobsOf(...sections: readonly string[]): { readonly job: Job; readonly inside: Job | undefined } {
	const { jobs } = importText(header + sections.join(''))
	const job = jobs.find(({ kind }) => kind === 'parallel')
	if (job === undefined) throw new Error('there is no job')
	return { job, inside: jobs.find(({ kind }) => kind === 'container') }
}

describe('a shared container', () => {
	const where = filter('K > 5')

	it('is expanded where it is used, and its stages count once, in the container', () => {
		const { job, inside } = jobsOf(using(container('Clean', { ContainerName: 'SC' })), shared('SC', where))
		expect(operatorOf(job, 'Clean.Only', 'route').routes[0]?.condition?.text).toBe('K > 5')
		expect(wires(job)).toEqual(
			expect.arrayContaining(['In#convert.out > Clean.Only.in', 'Clean.Only.out0 > Out#text.in']),
		)
		expect(job.accounting.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
			'JOB/In exact',
			'JOB/Clean exact',
			'JOB/Out exact',
		])
		expect(inside?.accounting.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['SC/Only exact'])
		expect(inside?.flows).toEqual([])
		expect(job.containers).toEqual(['SC'])
	})

	it('says where its stages stand: in the container', () => {
		const { job } = jobsOf(using(container('Clean', { ContainerName: 'SC' })), shared('SC', where))
		expect(operatorOf(job, 'Clean.Only', 'route')).toMatchObject({
			element: 'JOB/Clean',
			provenance: { path: 'SC/Only' },
		})
	})

	it('may stand in an export beside this one, and says so', () => {
		const jobs = header + using(container('Clean', { ContainerName: 'SC' }))
		const [job] = importText(jobs, [header + shared('SC', where)]).jobs
		if (job === undefined) throw new Error('there is no job')
		const files = Object.fromEntries(
			job.flows.flatMap(({ operators }) => operators.map(({ id, provenance }) => [id, provenance.file] as const)),
		)
		expect(files).toMatchObject({ 'Clean.Only': 'set0.dsx', In: 'jobs/test.dsx' })
		expect(job.accounting.map(({ provenance }) => provenance.file)).toEqual(Array(3).fill('jobs/test.dsx'))
	})

	it('makes the stage that uses it opaque when something inside is', () => {
		const { job } = jobsOf(
			using(container('Clean', { ContainerName: 'SC' })),
			shared('SC', { name: 'Odd', type: 'PxUnheardOf' }),
		)
		expect(outcomeOf(job, 'Clean')).toContain(
			'opaque: Clean.Odd (PxUnheardOf) in it is not translated: the stage type PxUnheardOf is not translated',
		)
	})

	it('declares the differences of its stages at the stage that uses it', () => {
		const head: StageSpec = { name: 'First', type: 'PxHead' }
		const { job } = jobsOf(using(container('Clean', { ContainerName: 'SC' })), shared('SC', head))
		expect(outcomeOf(job, 'Clean')).toMatch(/^declared: RG-D002: Clean\.First took 10 rows/)
	})

	it('that no job of its file uses runs nowhere; a file without jobs serves others', () => {
		const plain = using({ name: 'Cp', type: 'PxCopy' })
		expect(jobsOf(plain, shared('SC', where)).inside?.accounting).toMatchObject([
			{ name: 'Only', outcome: 'dropped', reason: 'no job of the export uses the container' },
		])
		expect(importText(header + shared('SC', where)).jobs[0]?.accounting).toMatchObject([{ outcome: 'exact' }])
		const missing = using(container('Clean', { ContainerName: 'NONE' }))
		expect(jobsOf(missing, shared('SC', where)).inside?.accounting).toMatchObject([{ outcome: 'exact' }])
	})

	it('may be missing', () => {
		const { job } = jobsOf(using(container('Clean', { ContainerName: 'Gone' })))
		expect(outcomeOf(job, 'Clean')).toBe('opaque: the shared container Gone is neither in this export nor beside it')
	})

	it('may contain itself', () => {
		const inner = container('Again', { ContainerName: 'SC' })
		const section = dsxContainer({
			name: 'SC',
			stages: [border(), inner],
			links: [
				{ name: 'cin', from: 'Border V0', to: 'Again', columns, in: { PartnerLink: 'cin' } },
				{ name: 'cout', from: 'Again', to: 'Border V0', columns, out: { PartnerLink: 'cout' } },
			],
		})
		const { job } = jobsOf(using(container('Clean', { ContainerName: 'SC' })), section)
		expect(outcomeOf(job, 'Clean')).toContain('the container SC contains itself')
	})
})

describe('parameters of a shared container', () => {
	const least: Values = { Name: 'LEAST', ParamType: '2', Default: '7' }
	const transformer: StageSpec = { name: 'T', type: 'CTransformerStage' }
	const section = dsxContainer({
		name: 'SC',
		parameters: [least],
		stages: [border(), transformer],
		links: [
			{ name: 'cin', from: 'Border V0', to: 'T', columns },
			{
				name: 'cout',
				from: 'T',
				to: 'Border V0',
				columns: [
					{ name: 'K', sqlType: 4, derivation: 'LEAST' },
					{ name: 'T', precision: 10, derivation: 'cin.T' },
				],
			},
		],
	})
	const derivedK = (job: Job) => operatorOf(job, 'Use.T#cout', 'project').columns[0]?.value.expression
	const use = (given: readonly Values[]) =>
		container('Use', { ContainerName: 'SC' }, { collections: { ParameterValues: given } })

	it('take the values of parameters of the job', () => {
		const own: Values = { Name: 'MINIMUM', ParamType: '2', Default: '1' }
		const { job } = jobsOf(using(use([{ Name: 'LEAST', Value: '#MINIMUM#' }]), [own]), section)
		expect(derivedK(job)).toMatchObject({ kind: 'parameter', name: 'MINIMUM' })
	})

	it('become parameters of the job with their own default', () => {
		const { job } = jobsOf(using(use([])), section)
		expect(derivedK(job)).toMatchObject({ kind: 'parameter', name: 'Use.LEAST' })
		expect(job.parameters).toMatchObject([{ name: 'Use.LEAST', default: 7n }])
	})
})

describe('a local container', () => {
	it('is expanded in place, and its stages are elements of the job', () => {
		const inside: StageSpec = { ...filter('K > 5'), id: 'V1S0' }
		const stage = container('Local', { ContainerView: 'V1' })
		const { job } = jobsOf(
			dsxJob({
				stages: [source('In'), stage, target('Out'), border('V1'), inside],
				links: [
					...through(stage),
					{ name: 'cin', from: 'Border V1', to: 'Only', columns },
					{ name: 'cout', from: 'Only', to: 'Border V1', columns },
				],
			}),
		)
		expect(wires(job)).toEqual(expect.arrayContaining(['In#convert.out > Only.in', 'Only.out0 > Out#text.in']))
		expect(job.accounting.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
			'JOB/In exact',
			'JOB/Local exact',
			'JOB/Out exact',
			'JOB/Only exact',
		])
	})

	it('that no stage stands for leaves its stages without rows', () => {
		const inside: StageSpec = { ...filter('K > 5'), id: 'V1S0' }
		const { job } = jobsOf(
			dsxJob({
				stages: [border('V1'), inside],
				links: [
					{ name: 'cin', from: 'Border V1', to: 'Only', columns },
					{ name: 'cout', from: 'Only', to: 'Border V1', columns },
				],
			}),
		)
		expect(outcomeOf(job, 'Only')).toBe('opaque: its links form a circle or lead nowhere')
		expect(wires(job)).toEqual([])
	})
})
