/** Gives every name once: a second taker gets `name (2)`. Letter case does not make a name another one (Spark ignores it). */
export class UniqueNames {
	readonly #taken = new Set<string>()

	take(name: string): string {
		let free = name
		for (let count = 2; this.#taken.has(free.toLowerCase()); count += 1) free = `${name} (${count})`
		this.#taken.add(free.toLowerCase())
		return free
	}
}
