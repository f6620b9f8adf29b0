/** A repository as a page of text that a person can read and compare. */
import type { Snapshot } from './github-twin/snapshot.ts'

export function golden({ refs, issues, checks }: Snapshot): string {
	const base = refs['refs/heads/main']
	const parts = [
		...Object.entries(refs).flatMap(([ref, { messages, files }]) => [
			`== ${ref}`,
			...messages
				.filter((message) => ref === 'refs/heads/main' || !base?.messages.includes(message))
				.map((message) => block('commit', message)),
			...Object.entries(files)
				.filter(
					([path, text]) => ref.startsWith('refs/heads/') && (ref === 'refs/heads/main' || base?.files[path] !== text),
				)
				.map(([path, text]) => block(path, path.endsWith('reglue.lock.json') ? '(lock)' : text)),
		]),
		...issues.map(({ number, kind, state, title, body, labels, comments, merged }) =>
			[
				`== ${kind} ${number}, ${merged === true ? 'merged' : state}: ${title}`,
				...(labels.length === 0 ? [] : [`labels: ${labels.join(', ')}`]),
				indented(body),
				...comments.map((comment) =>
					block(`comment of ${comment.author} [${comment.reactions.join(', ')}]`, comment.body),
				),
			].join('\n'),
		),
		...checks.map(({ on, conclusion, status, title, summary, annotations, actions }) =>
			[
				`== check on ${on}: ${conclusion ?? status}: ${title ?? ''}`,
				indented(summary ?? ''),
				...annotations.map((note) => `  note ${JSON.stringify(note)}`),
				...(actions.length === 0 ? [] : [`  buttons ${actions.join(', ')}`]),
			].join('\n'),
		),
	]
	return `${parts.join('\n')}\n`
}

const indented = (text: string): string =>
	text
		.trimEnd()
		.split('\n')
		.map((line) => (line === '' ? '' : `  ${line}`))
		.join('\n')

const block = (name: string, text: string): string => `-- ${name}\n${indented(text)}`
