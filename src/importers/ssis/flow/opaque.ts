/** A component that was read but not understood: it keeps its inputs, outputs and text, and fails when it is reached. */
import { diagnose } from '#model/diagnostics.ts'
import type { OpaqueOperator } from '#model/operators.ts'
import { redact } from '#model/redact.ts'
import { printXml } from '../../xml/print.ts'
import type { OutputRecord } from '../formats/records.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { withoutPassedSecrets } from '../scripts/passed-secrets.ts'
import type { Buffer } from './buffer.ts'
import { extend } from './buffer.ts'
import type { ComponentContext, Refusal } from './parts.ts'
import { add, base, port } from './parts.ts'

export function fillOpaque(context: ComponentContext, refusal: Refusal): void {
	const { component, parts, provenance } = context
	const operator: OpaqueOperator = {
		...base(context),
		kind: 'opaque',
		sourceType: component.type,
		reason: refusal.reason,
		text: redact(withoutPassedSecrets(printXml(component.element))),
	}
	add(context, operator)
	const names = new UniqueNames()
	for (const input of component.inputs) parts.takes.set(input.id, port(operator, names.take(input.name)))
	for (const output of component.outputs) {
		parts.gives.set(output.id, { from: port(operator, names.take(output.name)), buffer: bufferOf(context, output) })
	}
	parts.diagnostics.push(
		...(refusal.diagnostics ?? []),
		diagnose('stage/unsupported', provenance, {
			what: `${component.type} ${JSON.stringify(component.name)} was not translated.`,
			why: `Because ${refusal.reason}.`,
		}),
	)
}

/** A synchronous output passes the columns of its input on; any other has only its own. */
function bufferOf(context: ComponentContext, output: OutputRecord): Buffer {
	const input = context.component.inputs.find((one) => one.id === output.synchronousInput)
	return extend(input === undefined ? [] : context.arriving(input), output.columns)
}
