import type { Decided } from '#pipeline/decisions/write.ts'
import { code } from '#publish/markdown.ts'

/** A decision as a sentence. */
export function sentenceOf({ list, entry }: Decided): string {
	switch (list) {
		case 'options':
			return `${code(entry.key)} is ${code(String(entry.value))}.`
		case 'mappings':
			return mapped(entry)
		case 'jobs':
			return entry.decision === 'skipped'
				? `Job ${code(entry.job)} is left out.`
				: `Job ${code(entry.job)} is migrated again.`
		case 'differences':
			return `${code(entry.id)} at ${code(entry.element)} of ${code(entry.job)} is ${entry.decision}.`
	}
}

function mapped({ kind, from, to }: Extract<Decided, { list: 'mappings' }>['entry']): string {
	switch (kind) {
		case 'path':
			return `What was below ${code(from)} is below ${code(to)} now.`
		case 'connection':
			return `Connection ${code(from)} is the Glue connection ${code(to)} now.`
		case 'table':
		case 'column':
			return `${kind === 'table' ? 'Table' : 'Column'} ${code(from)} is ${code(to)} in the new database.`
	}
}
