import type { Desired } from '../port.ts'

/**
 * A pull request as files: `head` (branch, commit and base, a line each), `pull-request.md` (title and body),
 * `check.json` (the check `reglue` on that commit).
 */
export function pullRequestFiles(desired: Desired, branch: string, commit: string): ReadonlyMap<string, string> {
	const { title, body, check } = desired.pullRequest
	return new Map([
		['head', `${branch}\n${commit}\n${desired.base}\n`],
		['pull-request.md', `# ${title}\n\n${body}`],
		[
			'check.json',
			`${JSON.stringify({ name: 'reglue', head: commit, status: 'completed', ...check }, undefined, 1)}\n`,
		],
	])
}
