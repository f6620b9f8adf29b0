/** What the local forge keeps beside git's own data, in the folder `reglue` of the repository's git folder. */
import path from 'node:path'
import { z } from 'zod'
import type { Records } from './records.ts'
import { records } from './records.ts'

const talk = {
	author: z.string(),
	labels: z.array(z.string()),
}

const pullSchema = z.object({
	state: z.enum(['open', 'closed', 'merged']),
	...talk,
	branch: z.string(),
	/** Head of the branch when we saw it last; what counts is where the branch is, as long as it is there. */
	commit: z.string(),
	base: z.string(),
})

const issueSchema = z.object({ state: z.enum(['open', 'closed']), ...talk })

const commentSchema = z.object({
	/** Number of the issue or pull request. */
	talk: z.number(),
	author: z.string(),
	written: z.iso.datetime(),
	reactions: z.array(z.string()),
})

const annotationSchema = z.object({
	path: z.string(),
	startLine: z.number(),
	endLine: z.number(),
	level: z.enum(['notice', 'warning', 'failure']),
	title: z.string(),
	message: z.string(),
})

const checkSchema = z.object({
	name: z.string(),
	commit: z.string(),
	status: z.enum(['queued', 'in_progress', 'completed']),
	conclusion: z.enum(['success', 'neutral', 'action_required', 'failure', 'cancelled', 'skipped']).optional(),
	externalId: z.string(),
	title: z.string(),
	text: z.string().optional(),
	annotations: z.array(annotationSchema),
	buttons: z.array(z.string()),
	detailsUrl: z.string().optional(),
})

export type PullState = z.infer<typeof pullSchema>
export type IssueState = z.infer<typeof issueSchema>
export type CommentState = z.infer<typeof commentSchema>
export type CheckState = z.infer<typeof checkSchema>

export interface Store {
	readonly pulls: Records<PullState>
	readonly issues: Records<IssueState>
	readonly comments: Records<CommentState>
	readonly checks: Records<CheckState>
}

export function openStore(gitFolder: string): Store {
	const root = path.join(gitFolder, 'reglue')
	const place = (folder: string, text: string, numbers: string) => ({
		folder: path.join(root, folder),
		text,
		numbers: path.join(root, 'numbers', numbers),
	})
	return {
		pulls: records(place('pull-requests', 'pull-request.md', 'talks'), pullSchema),
		issues: records(place('issues', 'issue.md', 'talks'), issueSchema),
		comments: records(place('comments', 'comment.md', 'comments'), commentSchema),
		checks: records(place('checks', 'summary.md', 'checks'), checkSchema),
	}
}

/** Title and body as one text to read, and back. */
export const titled = (title: string, body: string): string => `# ${title.replace(/\s+/g, ' ')}\n\n${body}`

export function untitled(text: string): { readonly title: string; readonly body: string } {
	const [first = '', , ...rest] = text.replace(/\r\n/g, '\n').split('\n')
	return { title: first.replace(/^# /, ''), body: rest.join('\n') }
}
