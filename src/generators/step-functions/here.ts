/** What is sure at a place of the machine. */
export interface Here {
	/** Tasks that have run on every way that leads here. */
	readonly known: ReadonlySet<string>
	/** The task that ended just before, with nothing in between. */
	readonly last?: string
}
