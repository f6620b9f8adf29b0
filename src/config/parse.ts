import type { Document } from 'yaml'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Provenance } from '#model/provenance.ts'
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
		diagnostics: result.error.issues.flatMap((issue) => {
			const path = issue.path.map(String)
			if (issue.code === 'unrecognized_keys')
				return issue.keys.map((key) =>
					unknownKey([...path, key], place(keyOffset(document, path, key), [...path, key].join('.'))),
				)
			return diagnose('config/invalid', place(offsetOf(document, path), path.join('.')), {
				what: path.length === 0 ? 'The file has a wrong value.' : `\`${path.join('.')}\` is not valid.`,
				why: issue.message,
			})
		}),
	}
}

/** Settings that people look for, because other tools or later plans have them. */
const absent: ReadonlyMap<string, string> = new Map([
	['hooks', 'This version of Reglue runs no commands of a config, on any host.'],
	['llm', 'This version of Reglue works with rules alone: no language model can be configured.'],
	['strategy', 'This version of Reglue works with rules alone: there is nothing to choose between.'],
	['target', 'Jobs are made for AWS Glue; there is no other target yet.'],
	['glue.role_arn', 'The Terraform module makes a role for each job.'],
	['glue.scripts_bucket', 'The Terraform module has a variable for the bucket.'],
	['engine.approve_cloud_runs', 'Checks run on this machine alone: there are no runs on AWS to approve yet.'],
])

function unknownKey(path: readonly string[], provenance: Provenance): Diagnostic {
	const key = path.join('.')
	return diagnose('config/invalid', provenance, {
		what: `\`${key}\` is no setting.`,
		why: absent.get(key) ?? 'There is no key of that name here.',
		...(absent.has(key) ? { remedy: 'Take it out; nothing would follow from it.' } : {}),
	})
}

function firstSentence(message: string): string {
	return message.split('\n')[0] ?? message
}

/** Offset of an unknown key. */
function keyOffset(document: Document, path: readonly string[], key: string): number {
	const parent = path.length === 0 ? document.contents : document.getIn(path, true)
	const pair = isMap(parent) ? parent.items.find((item) => isNode(item.key) && String(item.key) === key) : undefined
	return pair !== undefined && isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(document, path)
}

/** Offset of the value, or of the nearest parent that exists. */
function offsetOf(document: Document, path: readonly string[]): number {
	for (let depth = path.length; depth > 0; depth--) {
		const node = document.getIn(path.slice(0, depth), true)
		if (isNode(node)) return node.range?.[0] ?? 0
	}
	return 0
}
