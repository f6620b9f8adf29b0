/** Sections, records and sub-records of a DSX export, one section at a time. */
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { LineRange } from '#model/provenance.ts'
import type { Lexer, Token, ValueToken } from './lexer.ts'
import { createLexer } from './lexer.ts'

/** A sub-record: one column, property, parameter, … of a collection. A key with an empty value may be left out altogether. */
export interface DsxItem {
	readonly values: ReadonlyMap<string, string>
	readonly lines: LineRange
}

export interface DsxRecord {
	readonly values: ReadonlyMap<string, string>
	/** By key; sub-records belong to the key before them whose value is a class name. */
	readonly collections: ReadonlyMap<string, readonly DsxItem[]>
	readonly lines: LineRange
}

export interface DsxSection {
	readonly kind: string
	readonly values: ReadonlyMap<string, string>
	readonly records: readonly DsxRecord[]
	readonly lines: LineRange
}

interface OpenRecord {
	readonly values: Map<string, string>
	readonly collections: Map<string, DsxItem[]>
	readonly start: number
	collection: DsxItem[] | undefined
	item: { readonly values: Map<string, string>; readonly start: number } | undefined
}

/** Long values that nobody reads: compiled code. They are left in the file, so that a large export does not fill the memory. */
export const unread: ReadonlySet<string> = new Set(['OrchestrateCode', 'XMLConnectorDescriptor'])

/**
 * Reads the sections whose kind `wanted` accepts; leaves out the others, compiled jobs and binaries above all.
 * A section that the end of the file cuts off is not given, only reported; so are lines that fit nowhere.
 * @param report receives located diagnostics.
 */
export function* readSections(
	text: string,
	file: string,
	wanted: (kind: string) => boolean,
	report: (diagnostic: Diagnostic) => void,
): Generator<DsxSection> {
	const lexer = createLexer(text)
	const at = (line: number, path = '') => ({ file, path, lines: { start: line, end: line } })
	for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
		if (token.kind !== 'begin') {
			report(
				diagnose('record/malformed', at(token.line), {
					what: `Line ${token.line} stands outside every section`,
					why: strayReason(token),
				}),
			)
			continue
		}
		if (!wanted(token.name)) {
			if (!lexer.skipTo(token.name)) report(truncated(at(token.line), token.name))
			continue
		}
		const section = readSection(lexer, token.name, token.line, (line, what, why, path) =>
			report(diagnose('record/malformed', at(line, path), { what, why })),
		)
		if (section === undefined) report(truncated(at(token.line), token.name))
		else yield section
	}
}

function strayReason(token: Token): string {
	return token.kind === 'end' ? `END ${token.name} has no BEGIN before it.` : 'It is neither BEGIN nor END of anything.'
}

function truncated(provenance: Diagnostic['provenance'], kind: string): Diagnostic {
	return diagnose('file/truncated', provenance, {
		what: `The file ends inside the ${kind} that begins on line ${provenance.lines.start}`,
		why: `END ${kind} is missing. What stands before it was read; this section was left out.`,
	})
}

type Complain = (line: number, what: string, why: string, path?: string) => void

/** Reads up to `END kind`; undefined when the file ends before. */
function readSection(lexer: Lexer, kind: string, start: number, complain: Complain): DsxSection | undefined {
	const values = new Map<string, string>()
	const records: DsxRecord[] = []
	let open: OpenRecord | undefined
	const name = (): string => values.get('Identifier') ?? ''

	function closeItem(line: number): void {
		if (open?.item === undefined) return
		open.collection?.push({ values: open.item.values, lines: { start: open.item.start, end: line } })
		open.item = undefined
	}
	function closeRecord(line: number): void {
		closeItem(line)
		if (open !== undefined)
			records.push({ values: open.values, collections: open.collections, lines: { start: open.start, end: line } })
		open = undefined
	}
	function begin(token: Token & { kind: 'begin' }): void {
		if (token.name === 'DSRECORD') {
			if (open !== undefined)
				complain(token.line, `The record before line ${token.line} does not end`, 'END DSRECORD is missing.', name())
			closeRecord(token.line - 1)
			open = { values: new Map(), collections: new Map(), start: token.line, collection: undefined, item: undefined }
			return
		}
		if (token.name === 'DSSUBRECORD' && open?.collection !== undefined) {
			if (open.item !== undefined)
				complain(
					token.line,
					`The sub-record before line ${token.line} does not end`,
					'END DSSUBRECORD is missing.',
					name(),
				)
			closeItem(token.line - 1)
			open.item = { values: new Map(), start: token.line }
			return
		}
		complain(
			token.line,
			`BEGIN ${token.name} on line ${token.line} does not belong into a ${kind}`,
			'No such part is known there.',
			name(),
		)
		lexer.skipTo(token.name)
	}
	function end(token: Token & { kind: 'end' }): void {
		if (token.name === 'DSSUBRECORD' && open?.item !== undefined) {
			closeItem(token.line)
			return
		}
		if (token.name === 'DSRECORD' && open !== undefined) {
			if (open.item !== undefined)
				complain(
					token.line,
					`A sub-record before line ${token.line} does not end`,
					'END DSSUBRECORD is missing.',
					name(),
				)
			closeRecord(token.line)
			return
		}
		complain(
			token.line,
			`END ${token.name} on line ${token.line} ends nothing`,
			`No ${token.name} is open there.`,
			name(),
		)
	}
	function value(token: ValueToken): void {
		if (token.unclosed)
			complain(
				token.line,
				`The value of ${token.key} on line ${token.line} does not end`,
				'Its closing quote is missing.',
				name(),
			)
		if (open?.item !== undefined) {
			if (!unread.has(token.key)) open.item.values.set(token.key, lexer.valueOf(token))
		} else if (open !== undefined) recordValue(open, token, lexer)
		else values.set(token.key, lexer.valueOf(token))
	}

	for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
		if (token.kind === 'end' && token.name === kind) {
			if (open !== undefined)
				complain(token.line, `A record before line ${token.line} does not end`, 'END DSRECORD is missing.', name())
			closeRecord(token.line - 1)
			return { kind, values, records, lines: { start, end: token.line } }
		}
		if (token.kind === 'begin') begin(token)
		else if (token.kind === 'end') end(token)
		else if (token.kind === 'value') value(token)
		else
			complain(
				token.line,
				`Line ${token.line} cannot be read`,
				'It is none of BEGIN, END and a key with its value.',
				name(),
			)
	}
	return undefined
}

/** A key that a sub-record follows opens a collection; its value is only the class of the collection's items. */
function recordValue(open: OpenRecord, token: ValueToken, lexer: Lexer): void {
	const next = lexer.peek()
	if (next?.kind === 'begin' && next.name === 'DSSUBRECORD') {
		const known = open.collections.get(token.key)
		open.collection = known ?? []
		if (known === undefined) open.collections.set(token.key, open.collection)
		return
	}
	open.collection = undefined
	if (!unread.has(token.key)) open.values.set(token.key, lexer.valueOf(token))
}
