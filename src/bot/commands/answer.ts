/** The words of an answer. What people wrote is data: it is shown as code, and can be neither a link nor a mention. */
import { code } from '#publish/markdown.ts'
import type { Answer } from './command.ts'

export interface AnswerTo {
	/** The line that is answered. */
	readonly line: string
	/** The commit that the command was bound to. */
	readonly head: string | undefined
}

/** Longest line that an answer repeats. */
const longestLine = 200

export function answerText(answer: Answer, { line, head }: AnswerTo): string {
	const said = code(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line)
	const on = head === undefined ? '' : ` on ${short(head)}`
	if (answer.kind === 'done') return `**${said}**${head === undefined ? '' : ` is done${on}.`}\n\n${answer.text}\n`
	const { why, who, where, copy } = answer
	const parts = [
		`**${said}** was not done${on}.`,
		why,
		...(who === undefined ? [] : [`Who may: ${who}`]),
		...(where === undefined ? [] : [`Where: ${where}`]),
		...(copy === undefined ? [] : [`To copy:\n\n${block(copy)}`]),
	]
	return `${parts.join('\n\n')}\n`
}

/** A block to copy from, whatever backticks the line holds. */
function block(line: string): string {
	const longest = Math.max(2, ...[...line.matchAll(/`+/g)].map((match) => match[0].length))
	const fence = '`'.repeat(longest + 1)
	return `${fence}\n${line}\n${fence}`
}

/** A commit as people name it. */
export const short = (commit: string): string => code(commit.slice(0, 7))

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')
