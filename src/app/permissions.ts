/** What the App asks for on GitHub, and why. `app.yml` and docs/permissions.md are printed from here. */
import type { eventNames } from '#bot/github-events.ts'

type Event = (typeof eventNames)[number]

interface Permission {
	readonly level: 'read' | 'write'
	/** What it is for. */
	readonly why: string
	/** What would not work without it. */
	readonly without: string
}

/** By GitHub's names: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
export const permissions = {
	contents: {
		level: 'write',
		why: 'Reads exports, settings and generated files; writes branches below `reglue/` and, in `refs/reglue/`, what was generated last and reports that a pull request has no room for. It never writes to any other branch: what it makes arrives there when a person merges.',
		without: 'Nothing could be read or delivered.',
	},
	pull_requests: {
		level: 'write',
		why: 'Opens one pull request for each unit and keeps its own section of the text up to date; reads what people decide there.',
		without: 'Generated jobs would have no place to be reviewed.',
	},
	checks: {
		level: 'write',
		why: 'Posts the check `reglue` with the evidence and its annotations.',
		without: 'A required check would never come, and nobody would see what is proven.',
	},
	issues: {
		level: 'write',
		why: 'Keeps the dashboard issue, answers `/migrate` commands and reacts to them; comments on pull requests belong to this permission too.',
		without: 'Commands would stay without an answer.',
	},
	metadata: {
		level: 'read',
		why: 'GitHub gives it to every App: names, branches, and who may do what, which decides about commands.',
		without: 'GitHub does not allow an App without it.',
	},
} as const satisfies Readonly<Record<string, Permission>>

/** Permissions that people ask about, and that the App neither has nor wants. */
export const refused = {
	workflows: 'Files of workflows are never written: a bot that could would run whatever it is made to write.',
	actions: 'Runs of Actions are neither started nor read.',
	administration: 'Settings, rules and access of a repository are nobody’s business but its administrators’.',
	secrets: 'Secrets of a repository are never read; the App has its own, from its operator.',
	members: 'Who belongs to an organisation is not read; who may do what in the repository is enough.',
} as const

/** Events that the App subscribes to; those of its installation come unasked. */
export const subscribed = {
	push: 'A watched branch has new exports or settings.',
	pull_request: 'A pull request wants its check, or was closed.',
	issue_comment: 'Somebody gave a command.',
	issues: 'Somebody ticked a box of the dashboard.',
	check_run: 'Somebody asked for a check again, or pressed one of its buttons.',
	check_suite: 'Somebody asked for all checks again.',
} as const satisfies Readonly<Partial<Record<Event, string>>>

/** Events about the App itself, which GitHub sends without being asked. */
export const unasked = {
	installation: 'The App was installed, suspended or removed.',
	installation_repositories: 'Repositories were added to it or taken from it.',
} as const satisfies Readonly<Partial<Record<Event, string>>>
