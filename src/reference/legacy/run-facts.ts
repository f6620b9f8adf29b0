/** A run at other moments, or on another machine. */
import { makeTimestamp } from '#model/values.ts'
import type { FlowContext } from '../context.ts'
import type { LegacyWay } from './switch.ts'

const microsPerSecond = 1_000_000n

export const movingClock: LegacyWay = {
	kinds: ['filter', 'lookup', 'project', 'route', 'script', 'stateful'],
	run: (operator, inputs, context, run) => {
		const { micros } = context.request.run.at
		let readings = 0n
		const facts = {
			...context.request.run,
			get at() {
				readings += 1n
				return makeTimestamp(micros + readings * microsPerSecond)
			},
		}
		return run(operator, inputs, withFacts(context, facts))
	},
}

export const oldMachine: LegacyWay = {
	kinds: ['project'],
	run: (operator, inputs, context, run) => {
		const facts = { ...context.request.run, host: 'OLD-MACHINE', invocation: 'OLD-RUN' }
		return run(operator, inputs, withFacts(context, facts))
	},
}

const withFacts = (context: FlowContext, run: FlowContext['request']['run']): FlowContext => ({
	...context,
	request: { ...context.request, run },
})
