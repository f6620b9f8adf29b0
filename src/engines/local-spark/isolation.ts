/** Whether a child process can be given a network of its own, in which it reaches nothing. */

import { runCommand } from './command.ts'

/** `unshare` of util-linux: a user namespace in which this user may make a network namespace. */
export const OWN_NETWORK: readonly string[] = ['unshare', '--user', '--map-root-user', '--net', '--']

let answer: Promise<boolean> | undefined

/** Tried once: distributions, containers and sysctl settings differ in whether they allow it. */
export function canIsolateNetwork(): Promise<boolean> {
	const [command = '', ...args] = OWN_NETWORK
	answer ??= runCommand(command, [...args, 'true'], { timeout: 10_000 }).then(({ code }) => code === 0)
	return answer
}
