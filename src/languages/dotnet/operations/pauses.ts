/** Waiting: nothing but time passes, of which a test run spends none. */
import { scriptTypes } from '#model/scripts.ts'
import { call } from '../../python.ts'
import type { Member } from '../operation.ts'
import { fixed } from '../operation.ts'
import { asInt } from '../runtime.ts'

export const pauseMembers: readonly Member[] = [
	fixed('Thread', 'Sleep', {
		id: 'Thread.Sleep',
		parameters: [scriptTypes.int],
		result: scriptTypes.nothing,
		isEffect: true,
		helper: 'pause',
		evaluate: ([milliseconds], { outside }) =>
			outside({ helper: 'pause', args: [asInt(milliseconds)], names: ['milliseconds'] }),
		python: ([milliseconds]) => call('pause', milliseconds),
	}),
]
