/** Command lines of dtexec, the program that runs a package (Microsoft: dtexec Utility). */
import type { RunJobTask } from '#model/control-flow.ts'
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Word } from './words.ts'
import { joined, plainWord } from './words.ts'

/** Options with a value that change nothing in what the package does: how it reports, and how it was checked. */
const telling = /^[/-](?:rep(?:orting)?|consolelog|cons|verbose|v|w(?:arnaserror)?)$/i
/** Options without a value, likewise. */
const alone = /^[/-](?:x86|dumponerror)$/i

/** The package that is started, or why that is not understood. */
export function packageOf(words: readonly Word[]): Pick<RunJobTask, 'job' | 'reference'> | Refusal {
	let found: Pick<RunJobTask, 'job' | 'reference'> | undefined
	for (let at = 0; at < words.length; at += 1) {
		const word = words[at]
		const option = word === undefined ? undefined : plainWord(word)
		const value = words[at + 1]
		if (option === undefined) return refuse('only the run shows with which options it starts a package')
		if (alone.test(option)) continue
		if (value === undefined) return refuse(`dtexec has the option ${option} without a value`)
		at += 1
		if (/^[/-]f(?:ile)?$/i.test(option)) found = { job: joined(value.pieces), reference: 'file' }
		else if (/^[/-](?:sq(?:l)?|dts|isserver)$/i.test(option)) found = { job: joined(value.pieces), reference: 'server' }
		else if (/^[/-]checkp(?:ointing)?$/i.test(option) && plainWord(value)?.toLowerCase() === 'off') continue
		else if (!telling.test(option)) return refuse(`dtexec has the option ${option}, which changes the package`)
	}
	return found ?? refuse('dtexec names no package')
}
