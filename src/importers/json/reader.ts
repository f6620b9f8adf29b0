/** A strict, bounded JSON reader: no comments, no trailing commas, limits on size, depth and number of values. */
import type { ParseErrorCode } from 'jsonc-parser'
import { printParseErrorCode, visit } from 'jsonc-parser'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { JsonNode } from './node.ts'

export interface JsonLimits {
	readonly bytes: number
	/** Objects and lists inside one another. */
	readonly depth: number
	readonly values: number
}

export const defaultJsonLimits: JsonLimits = { bytes: 128 * 1024 * 1024, depth: 128, values: 8_000_000 }

export interface JsonDocument {
	/** Absent when the text cannot be read; a diagnostic says why. */
	readonly root?: JsonNode
	readonly diagnostics: readonly Diagnostic[]
}

/** Thrown inside the visitor and caught here: the text is beyond a limit, or no JSON. */
class JsonStop extends Error {
	readonly code: 'json/malformed' | 'json/limit'
	readonly line: number
	constructor(code: 'json/malformed' | 'json/limit', line: number, message: string) {
		super(message)
		this.code = code
		this.line = line
	}
}

/** Never throws for bad input. `path` names the text inside the file, a member of an archive for instance. */
export function readJson(file: string, path: string, bytes: Uint8Array, limits = defaultJsonLimits): JsonDocument {
	const failed = (code: 'file/encoding' | 'json/limit' | 'json/malformed', line: number, why: string): JsonDocument => {
		const what = `${path === '' ? file : path} is not read`
		const problem = diagnose(code, { file, path, lines: { start: line, end: line } }, { what, why })
		return { diagnostics: [{ ...problem, severity: 'error' }] }
	}
	if (bytes.byteLength > limits.bytes)
		return failed('json/limit', 1, `It has ${bytes.byteLength} bytes; at most ${limits.bytes} are read.`)
	const text = decode(bytes)
	if (text === undefined) return failed('file/encoding', 1, 'It is neither UTF-8 nor UTF-16, and JSON is nothing else.')
	try {
		return { root: parse(text, limits), diagnostics: [] }
	} catch (error) {
		if (!(error instanceof JsonStop)) throw error
		return failed(error.code, error.line, error.message)
	}
}

function decode(bytes: Uint8Array): string | undefined {
	const [first, second] = bytes
	const label =
		first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
	try {
		return new TextDecoder(label, { fatal: true }).decode(bytes)
	} catch {
		return undefined
	}
}

interface Open {
	readonly members?: Map<string, JsonNode>
	readonly items?: JsonNode[]
	readonly line: number
	key: string
}

function parse(text: string, limits: JsonLimits): JsonNode {
	const open: Open[] = []
	let root: JsonNode | undefined
	let count = 0
	const add = (node: JsonNode): void => {
		count += 1
		if (count > limits.values)
			throw new JsonStop('json/limit', node.line, `It holds more than ${limits.values} values.`)
		const top = open.at(-1)
		if (top === undefined) root = node
		else if (top.members === undefined) top.items?.push(node)
		else top.members.set(top.key, node)
	}
	const begin = (next: Open): void => {
		if (open.length >= limits.depth) {
			const why = `Line ${next.line} is more than ${limits.depth} objects and lists deep.`
			throw new JsonStop('json/limit', next.line, why)
		}
		open.push(next)
	}
	const end = (): void => {
		const done = open.pop()
		if (done === undefined) return
		if (done.members === undefined) add({ kind: 'array', items: done.items ?? [], line: done.line })
		else add({ kind: 'object', members: done.members, line: done.line })
	}
	visit(
		text,
		{
			onObjectBegin: (_offset, _length, line) => begin({ members: new Map(), line: line + 1, key: '' }),
			onArrayBegin: (_offset, _length, line) => begin({ items: [], line: line + 1, key: '' }),
			onObjectProperty: (name) => {
				const top = open.at(-1)
				if (top !== undefined) top.key = name
			},
			onObjectEnd: end,
			onArrayEnd: end,
			onLiteralValue: (value, offset, length, line) =>
				add({ ...scalar(value, text.slice(offset, offset + length)), line: line + 1 }),
			onError: (code, _offset, _length, line) => {
				throw new JsonStop('json/malformed', line + 1, `Line ${line + 1}: ${reason(code)}.`)
			},
		},
		{ disallowComments: true, allowTrailingComma: false },
	)
	if (root === undefined) throw new JsonStop('json/malformed', 1, 'It holds no value.')
	return root
}

function scalar(
	value: unknown,
	written: string,
): { readonly kind: 'text' | 'number' | 'boolean' | 'null'; readonly text: string } {
	if (typeof value === 'string') return { kind: 'text', text: value }
	if (value === null) return { kind: 'null', text: '' }
	return { kind: typeof value === 'boolean' ? 'boolean' : 'number', text: written }
}

/** `CloseBraceExpected` → `close brace expected`. */
function reason(code: ParseErrorCode): string {
	return printParseErrorCode(code)
		.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
		.toLowerCase()
}
