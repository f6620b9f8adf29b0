/** What started the workflow, as work. */
import { readFileSync } from 'node:fs'
import { workOf } from '#bot/github-events.ts'
import type { Work } from '#bot/work.ts'

export interface ActionEvent {
	readonly name: string
	readonly repository: { readonly owner: string; readonly name: string }
	readonly works: readonly Work[]
	/** A pull request of a fork: the token can only read. */
	readonly isFromFork: boolean
}

/** Variables as the runner sets them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** @throws Error when it does not run in a workflow */
export function readEvent(environment: Environment): ActionEvent {
	const name = wanted(environment, 'GITHUB_EVENT_NAME')
	const [owner = '', repository = ''] = wanted(environment, 'GITHUB_REPOSITORY').split('/')
	const payload: unknown = JSON.parse(readFileSync(wanted(environment, 'GITHUB_EVENT_PATH'), 'utf8'))
	return {
		name,
		repository: { owner, name: repository },
		works: worksOf(name, payload, environment),
		isFromFork: isFromFork(payload),
	}
}

function worksOf(name: string, payload: unknown, environment: Environment): readonly Work[] {
	if (name === 'schedule') return [{ kind: 'sweep' }]
	if (name === 'workflow_dispatch') {
		const { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: branch } = environment
		return type === 'branch' && branch !== undefined ? [{ kind: 'push', branch }] : []
	}
	// The events of a workflow are those of a webhook; an Action knows no others than these.
	const works = workOf(name === 'pull_request_target' ? 'pull_request' : name, payload)
	if (works === undefined) throw new Error(`the payload of the event ${name} is not what GitHub documents`)
	return works.map(({ work }) => work)
}

function isFromFork(payload: unknown): boolean {
	const { head, base } = field(payload, 'pull_request') as { readonly head?: unknown; readonly base?: unknown }
	const [from, to] = [field(head, 'repo'), field(base, 'repo')].map((one) => (one as { readonly id?: unknown }).id)
	return from !== to
}

function field(value: unknown, name: string): object {
	const found: unknown =
		typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined
	return typeof found === 'object' && found !== null ? found : {}
}

function wanted(environment: Environment, name: string): string {
	const value = environment[name]
	if (value === undefined || value === '')
		throw new Error(`${name} is not set: this runs in a workflow of GitHub Actions`)
	return value
}
