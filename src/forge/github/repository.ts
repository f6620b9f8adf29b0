/**
 * A repository on GitHub behind the port of `../repository.ts`, over the client of `octokit.ts`.
 *
 * `gitHubRepository({ client, owner, repo, login })` needs no state of its own: make one for each run, with the login
 * that the client's token writes as (`reglue[bot]` for the App, `github-actions[bot]` for the built-in token of Actions).
 */
import type { ForgeRepository, RepositoryFacts, Role } from '../repository.ts'
import { gitHubChecks } from './checks.ts'
import { gitHubObjects } from './objects.ts'
import type { Place } from './place.ts'
import { orMissing } from './place.ts'
import { gitHubPulls } from './pulls.ts'
import { gitHubRefs } from './refs.ts'
import { gitHubComments, gitHubIssues } from './talks.ts'

export function gitHubRepository(place: Place): ForgeRepository {
	return {
		facts: () => facts(place),
		role: (login) => role(place, login),
		...gitHubObjects(place),
		...gitHubRefs(place),
		...gitHubPulls(place),
		...gitHubIssues(place),
		...gitHubComments(place),
		...gitHubChecks(place),
	}
}

async function facts({ client, owner, repo }: Place): Promise<RepositoryFacts> {
	const { data } = await client.rest.repos.get({ owner, repo })
	return {
		id: data.id,
		fullName: data.full_name,
		defaultBranch: data.default_branch,
		archived: data.archived,
		private: data.private,
		url: data.html_url,
	}
}

/** Roles that GitHub names itself; organisations can add others, which are then read from what they allow. */
const roles: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']

async function role({ client, owner, repo }: Place, username: string): Promise<Role> {
	const answer = await orMissing(client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username }))
	if (answer === undefined) return 'none'
	const { role_name: name, user } = answer.data
	const known = roles.find((candidate) => candidate === name)
	if (known !== undefined) return known
	const allowed = user?.permissions
	if (allowed === undefined) return 'none'
	if (allowed.admin) return 'admin'
	if (allowed.maintain === true) return 'maintain'
	if (allowed.push) return 'write'
	if (allowed.triage === true) return 'triage'
	return allowed.pull ? 'read' : 'none'
}
