/** Workers that are really there at once: at each step of any of them, chance decides whose is next. */
import type { ForgeRepository } from '#forge/repository.ts'

export interface Turns {
	/** The repository as one of the workers has it: every step waits for its turn. */
	of(repository: ForgeRepository): ForgeRepository
}

/** The same seed gives the same order of steps, as long as workers wait for nothing but their turns. */
export function turns(seed: number): Turns {
	const random = seededRandom(seed)
	const waiting: (() => void)[] = []
	let isPlanned = false
	const plan = (): void => {
		if (isPlanned || waiting.length === 0) return
		isPlanned = true
		// By then every worker that could go on has come to its next step.
		setImmediate(() => {
			isPlanned = false
			const [next] = waiting.splice(Math.floor(random() * waiting.length), 1)
			next?.()
			plan()
		})
	}
	const turn = (): Promise<void> =>
		new Promise((resolve) => {
			waiting.push(resolve)
			plan()
		})
	return {
		of: (repository) =>
			new Proxy(repository, {
				get: (target, name) => {
					const value: unknown = Reflect.get(target, name)
					if (typeof value !== 'function') return value
					return async (...args: readonly unknown[]): Promise<unknown> => {
						await turn()
						return Reflect.apply(value, target, args) as unknown
					}
				},
			}),
	}
}

/** Numbers from 0 to 1, the same for the same seed: the 32-bit generator of Park and Miller. */
function seededRandom(seed: number): () => number {
	let state = (seed * 2_654_435_761) % 2_147_483_647 || 1
	return () => {
		state = (state * 48_271) % 2_147_483_647
		return state / 2_147_483_647
	}
}
