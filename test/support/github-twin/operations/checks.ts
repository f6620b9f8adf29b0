import { isObject } from '../git-objects.ts'
import { resolveCommit } from '../git-refs.ts'
import type { Call } from '../operation.ts'
import { created, ok, operation, page, reads, writes } from '../operation.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { renderCheckRun } from '../render/checks.ts'
import type { CheckRun, Repository } from '../state.ts'

/** What creating and updating a check run have in common. */
interface Change {
	readonly name?: string
	readonly details_url?: string
	readonly external_id?: string
	readonly status?: string
	readonly conclusion?: string
	readonly started_at?: string
	readonly completed_at?: string
	readonly output?: {
		readonly title?: string
		readonly summary: string
		readonly text?: string
		readonly annotations?: readonly unknown[]
	}
	readonly actions?: CheckRun['actions']
}

export const checkOperations = [
	operation('POST /repos/{owner}/{repo}/check-runs', writes('checks'), async (call, input) => {
		const { world, repository } = call
		onlyApps(call)
		if (!(await isObject(repository.folder, input.head_sha, 'commit'))) {
			throw new Refusal(422, `No commit found for SHA: ${input.head_sha}`)
		}
		const run: CheckRun = {
			id: world.ids.next++,
			name: input.name,
			head: input.head_sha,
			app: world.app.id,
			status: 'queued',
			conclusion: null,
			externalId: '',
			detailsUrl: null,
			started: world.clock.now(),
			completed: null,
			title: null,
			summary: null,
			text: null,
			annotations: [],
			actions: [],
		}
		change(call, run, input)
		repository.checkRuns.set(run.id, run)
		emitCheckRun(call, run, 'created')
		if (run.status === 'completed') emitCheckRun(call, run, 'completed')
		return created(renderCheckRun(world, repository, run))
	}),

	operation('GET /repos/{owner}/{repo}/check-runs/{check_run_id}', reads('checks'), (call, input) =>
		ok(renderCheckRun(call.world, call.repository, runOf(call.repository, Number(input.check_run_id)))),
	),

	operation('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', writes('checks'), (call, input) => {
		onlyApps(call)
		const run = runOf(call.repository, Number(input.check_run_id))
		const before = run.status
		change(call, run, input)
		if (before !== 'completed' && run.status === 'completed') emitCheckRun(call, run, 'completed')
		return ok(renderCheckRun(call.world, call.repository, run))
	}),

	operation('GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations', reads('checks'), (call, input) =>
		page(runOf(call.repository, Number(input.check_run_id)).annotations),
	),

	operation('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', reads('checks'), async (call, input) => {
		const { world, repository } = call
		const commit = await resolveCommit(repository.folder, input.ref)
		if (commit === undefined) throw new Refusal(422, `No commit found for SHA: ${input.ref}`)
		const runs = [...repository.checkRuns.values()].filter(
			({ head, name, status }) =>
				head === commit &&
				(input.check_name === undefined || name === input.check_name) &&
				(input.status === undefined || status === input.status),
		)
		const latest = new Map(runs.map((run) => [run.name, run]))
		const shown = input.filter === 'all' ? runs : [...latest.values()]
		return page(
			shown.toReversed().map((run) => renderCheckRun(world, repository, run)),
			'check_runs',
		)
	}),

	operation('POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest', writes('checks'), (call, input) => {
		const run = runOf(call.repository, Number(input.check_run_id))
		if (run.status !== 'completed') throw new Refusal(422, 'This check run is not rerequestable')
		emitCheckRun(call, run, 'rerequested')
		return created({})
	}),
]

function runOf(repository: Repository, id: number): CheckRun {
	const run = repository.checkRuns.get(id)
	if (run === undefined) throw notFound()
	return run
}

function onlyApps({ actor }: Call): void {
	if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate via a GitHub App.')
}

/** A check run that is completed stays so: GitHub takes no other status then. */
function change({ world }: Call, run: CheckRun, input: Change): void {
	const { output } = input
	if (input.status === 'completed' && input.conclusion === undefined && run.conclusion === null) {
		throw invalid('CheckRun', 'conclusion', 'missing_field')
	}
	const status = input.conclusion === undefined ? (input.status ?? run.status) : 'completed'
	if (run.status === 'completed' && status !== 'completed') {
		throw new Refusal(422, 'Cannot change the status of a completed check run')
	}
	for (const text of [output?.summary, output?.text]) {
		if (text !== undefined && Buffer.byteLength(text) > 65_535) throw invalid('CheckRun', 'output', 'too_long')
	}
	run.name = input.name ?? run.name
	run.status = status
	run.conclusion = input.conclusion ?? run.conclusion
	run.externalId = input.external_id ?? run.externalId
	run.detailsUrl = input.details_url ?? run.detailsUrl
	run.started = input.started_at ?? run.started
	run.completed = input.completed_at ?? (status === 'completed' ? (run.completed ?? world.clock.now()) : null)
	run.title = output?.title ?? run.title
	run.summary = output?.summary ?? run.summary
	run.text = output?.text ?? run.text
	run.annotations.push(...(output?.annotations ?? []))
	run.actions = input.actions ?? run.actions
}

export function emitCheckRun(
	{ world, repository, login }: Pick<Call, 'world' | 'repository' | 'login'>,
	run: CheckRun,
	action: string,
	more: Readonly<Record<string, unknown>> = {},
): void {
	const payload = { check_run: renderCheckRun(world, repository, run), ...more }
	world.emit({ name: 'check_run', action, repository, sender: login, payload })
}
