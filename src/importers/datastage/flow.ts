/** Collects the operators and links of one data flow while its stages are lowered, upstream first. */
import type { Link, Operator, PortRef } from '#model/operators.ts'
import type { Provenance } from '#model/provenance.ts'
import type { Schema } from '#model/types.ts'

/** Rows that leave a port: what a link will carry once something takes them. */
export interface Stream {
	readonly from: PortRef
	readonly schema: Schema
	/** Name and place of the source's link, or of the operator that made the stream. */
	readonly name: string
	readonly provenance: Provenance
}

export interface FlowBuilder {
	readonly operators: Operator[]
	readonly links: Link[]
	/** Adds an operator and a link into each of its input ports. */
	add(operator: Operator, inputs: Readonly<Record<string, Stream>>): void
	/** A free operator id: `wanted`, or `wanted` with a number. */
	freeId(wanted: string): string
	/** Forgets what was added after `mark`, which {@link FlowBuilder.mark} gave. */
	rollback(mark: FlowMark): void
	mark(): FlowMark
}

export interface FlowMark {
	readonly operators: number
	readonly links: number
}

export function createFlow(): FlowBuilder {
	const operators: Operator[] = []
	const links: Link[] = []
	return {
		operators,
		links,
		add(operator, inputs) {
			operators.push(operator)
			for (const [port, stream] of Object.entries(inputs)) {
				const { from, name, schema, provenance } = stream
				links.push({
					id: `${from.operator}.${from.port} > ${operator.id}.${port}`,
					name,
					from,
					to: { operator: operator.id, port },
					schema,
					provenance,
				})
			}
		},
		freeId(wanted) {
			const taken = (id: string): boolean => operators.some((operator) => operator.id === id)
			if (!taken(wanted)) return wanted
			let number = 2
			while (taken(`${wanted}${number}`)) number++
			return `${wanted}${number}`
		},
		mark: () => ({ operators: operators.length, links: links.length }),
		rollback(mark) {
			operators.length = mark.operators
			links.length = mark.links
		},
	}
}
