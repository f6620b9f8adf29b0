import type { Document } from 'yaml'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Config } from './schema.ts'
import { configSchema } from './schema.ts'

export interface ParsedConfig {
	/** Present when nothing is wrong. */
	readonly config?: Config
	readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads the text of a config file. Every problem is reported at once, each with its key and line.
 *
 * @param text YAML; an empty text gives the defaults
 * @param file path for the diagnostics
 */
export function parseConfig(text: string, file: string): ParsedConfig {
	const lines = new LineCounter()
	const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false })
	const place = (offset: number, path: string) => {
		const line = Math.max(1, lines.linePos(offset).line)
		return { file, path, lines: { start: line, end: line } }
	}
	if (document.errors.length > 0) {
		return {
			diagnostics: document.errors.map((error) =>
				diagnose('config/invalid', place(error.pos[0], ''), {
					what: 'The file is not valid YAML.',
					why: firstSentence(error.message),
				}),
			),
		}
	}
	const content: unknown = document.toJS() ?? {}
	const result = configSchema.safeParse(content)
	if (result.success) return { config: result.data, diagnostics: [] }
	return {
		diagnostics: result.error.issues.map((issue) => {
			const path = issue.path.map(String)
			return diagnose('config/invalid', place(offsetOf(document, issue), path.join('.')), {
				what: path.length === 0 ? 'The file has a wrong key or value.' : `\`${path.join('.')}\` is not valid.`,
				why: issue.message,
			})
		}),
	}
}

function firstSentence(message: string): string {
	return message.split('\n')[0] ?? message
}

/** Offset of the node that an issue names: the unknown key itself, the value, or the nearest parent that exists. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
	const path = issue.path.map(String)
	if (issue.code === 'unrecognized_keys') {
		const parent = path.length === 0 ? document.contents : document.getIn(path, true)
		const pair = isMap(parent)
			? parent.items.find((item) => isNode(item.key) && issue.keys.includes(String(item.key)))
			: undefined
		if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0
	}
	for (let depth = path.length; depth > 0; depth--) {
		const node = document.getIn(path.slice(0, depth), true)
		if (isNode(node)) return node.range?.[0] ?? 0
	}
	return 0
}
