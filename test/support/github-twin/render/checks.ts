import type { CheckRun, Repository, World } from '../state.ts'
import { renderApp } from './actors.ts'
import { fullName, webUrl } from './repository.ts'

export function renderCheckRun(world: World, repository: Repository, run: CheckRun): Readonly<Record<string, unknown>> {
	return {
		id: run.id,
		name: run.name,
		head_sha: run.head,
		external_id: run.externalId,
		status: run.status,
		conclusion: run.conclusion,
		started_at: run.started,
		completed_at: run.completed,
		details_url: run.detailsUrl,
		url: `${world.url}/repos/${fullName(repository)}/check-runs/${run.id}`,
		html_url: `${webUrl(world, repository)}/runs/${run.id}`,
		output: {
			title: run.title,
			summary: run.summary,
			text: run.text,
			annotations_count: run.annotations.length,
			annotations_url: `${world.url}/repos/${fullName(repository)}/check-runs/${run.id}/annotations`,
		},
		check_suite: { id: Number.parseInt(run.head.slice(0, 8), 16) },
		app: renderApp(world),
		pull_requests: [...repository.issues.values()]
			.filter(({ pull, state }) => state === 'open' && pull?.headSha === run.head)
			.map(({ number, pull }) => ({
				number,
				head: { ref: pull?.headBranch, sha: run.head },
				base: { ref: pull?.base },
			})),
	}
}
