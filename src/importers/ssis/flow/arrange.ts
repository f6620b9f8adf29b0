import type { ComponentRecord, PathRecord } from '../formats/records.ts'

/** Components in an order in which each stands after those that feed it; otherwise as the file has them. */
export function arrange(
	components: readonly ComponentRecord[],
	paths: readonly PathRecord[],
): readonly ComponentRecord[] {
	const owners = new Map(
		components.flatMap((component) => component.outputs.map((output) => [output.id, component] as const)),
	)
	const feeders = new Map(
		components.map((component) => {
			const inputs = new Set(component.inputs.map((input) => input.id))
			const feeding = paths.filter((path) => inputs.has(path.to)).map((path) => owners.get(path.from))
			return [component, new Set(feeding.filter((one) => one !== undefined && one !== component))] as const
		}),
	)
	const placed = new Set<ComponentRecord>()
	let waiting = [...components]
	while (waiting.length > 0) {
		const ready = waiting.filter((component) =>
			[...(feeders.get(component) ?? [])].every((one) => one === undefined || placed.has(one)),
		)
		// A circle is beyond what the designer can draw; its components follow as they stand.
		const next = ready.length > 0 ? ready : waiting
		for (const component of next) placed.add(component)
		waiting = waiting.filter((component) => !placed.has(component))
	}
	return [...placed]
}
