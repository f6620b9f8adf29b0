import type { Decided } from '#pipeline/decisions/write.ts'
import { code } from '#publish/markdown.ts'

/** A decision as a sentence. */
export function sentenceOf({ list, entry }: Decided): string {
	switch (list) {
		case 'options':
			return `${code(entry.key)} is ${code(String(entry.value))}.`
		case 'mappings':
			return entry.kind === 'path'
				? `What was below ${code(entry.from)} is below ${code(entry.to)} now.`
				: `Connection ${code(entry.from)} is the Glue connection ${code(entry.to)} now.`
		case 'jobs':
			return entry.decision === 'skipped'
				? `Job ${code(entry.job)} is left out.`
				: `Job ${code(entry.job)} is migrated again.`
		case 'differences':
			return `${code(entry.id)} at ${code(entry.element)} of ${code(entry.job)} is ${entry.decision}.`
	}
}
