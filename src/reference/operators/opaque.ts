import type { Interpreter, Ports } from '../context.ts'
import { stop } from '../stop.ts'

/** Fails as the stub does, unless rows were bound to every port that somebody reads. */
export const opaque: Interpreter<'opaque'> = (operator, _inputs, context): Ports => {
	const { bound } = context.request
	const ports = Object.fromEntries(
		[...(bound ?? [])]
			.filter(([place]) => place.startsWith(`${operator.id}.`))
			.map(([place, rows]) => [place.slice(operator.id.length + 1), rows]),
	)
	const missing = context.linkedPorts(operator).filter((port) => !Object.hasOwn(ports, port))
	if (missing.length > 0 || Object.keys(ports).length === 0) {
		return stop(operator.id, `${operator.sourceType} is not understood: ${operator.reason}`)
	}
	return ports
}
