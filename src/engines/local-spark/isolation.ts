/** Whether a child process can be given a network of its own, in which it reaches nothing. */

import { runCommand } from './command.ts'

export interface Command {
	readonly command: string
	readonly args: readonly string[]
}

/** The same command through `unshare` of util-linux: in a user namespace, where this user may make a network namespace. */
export const inOwnNetwork = ({ command, args }: Command): Command => ({
	command: 'unshare',
	args: ['--user', '--map-root-user', '--net', '--', command, ...args],
})

let answer: Promise<boolean> | undefined

/** Tried once: distributions, containers and sysctl settings differ in whether they allow it. */
export function canIsolateNetwork(): Promise<boolean> {
	const { command, args } = inOwnNetwork({ command: 'true', args: [] })
	answer ??= runCommand(command, args, { timeout: 10_000 }).then(({ code }) => code === 0)
	return answer
}
