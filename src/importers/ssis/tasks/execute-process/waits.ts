/** Commands that do nothing but wait: `timeout /t 10`, and `ping -n 11 127.0.0.1`, which asks once a second (Microsoft: timeout, ping). */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { WholeStep } from './steps.ts'
import type { Word } from './words.ts'
import { plainWord } from './words.ts'

export function timeout(words: readonly Word[]): readonly WholeStep[] | Refusal {
	const seconds = /^(?:\/t )?(\d+)(?: \/nobreak)?$/i.exec(told(words).replace(/^\/nobreak (.*)$/i, '$1'))?.[1]
	return seconds === undefined
		? refuse('timeout waits for a key, or for a time that only the run knows')
		: wait(Number(seconds))
}

/** The first question is asked at once. Another machine would be asked whether it is there. */
export function ping(words: readonly Word[]): readonly WholeStep[] | Refusal {
	const own = /^(?:127\.0\.0\.1|localhost|::1)$/i
	const parts = told(words).split(' ')
	const hosts = parts.filter((part, at) => !part.startsWith('-') && !/^-[nw]$/i.test(parts[at - 1] ?? ''))
	const counted = parts.findIndex((part) => /^-n$/i.test(part))
	const times = counted < 0 ? 4 : Number(parts[counted + 1])
	if (hosts.length !== 1 || !own.test(hosts[0] ?? '') || !Number.isInteger(times) || times < 1)
		return refuse('ping asks whether a machine of the old network is there')
	return wait(times - 1)
}

const told = (words: readonly Word[]): string => words.map((word) => plainWord(word) ?? '…').join(' ')

const wait = (seconds: number): readonly WholeStep[] => [
	{ task: { kind: 'pause', milliseconds: seconds * 1000 }, open: false },
]
