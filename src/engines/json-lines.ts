/** Files of JSON lines: what table fixtures hold, and what runs write to tables. */

import { createReadStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { decodeRow, encodeRow, type JsonObject, WireError } from '#model/json-values.ts'
import type { Schema } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { partFiles } from './part-files.ts'

/**
 * Reads a file, or a folder of part files in the order of writing. A folder that is not there has no rows.
 * @throws WireError naming file and line, when a line is not a row of the schema.
 */
export async function readJsonLines(place: string, schema: Schema): Promise<readonly Row[]> {
	const rows: Row[] = []
	for (const file of partFiles(place)) {
		let number = 0
		for await (const line of linesOf(file)) {
			number += 1
			if (line.trim() !== '') rows.push(parseLine(line, schema, `${file}:${number}`))
		}
	}
	return rows
}

/** Lines end with a line feed and nothing else: `readline` would also break at U+2028, which JSON texts may hold. */
async function* linesOf(file: string): AsyncGenerator<string> {
	let rest = ''
	for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
		const lines = (rest + chunk).split('\n')
		rest = lines.pop() ?? ''
		yield* lines
	}
	if (rest !== '') yield rest
}

function parseLine(line: string, schema: Schema, where: string): Row {
	try {
		const json: unknown = JSON.parse(line)
		if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new WireError('not a JSON object')
		return decodeRow(json as JsonObject, schema)
	} catch (error) {
		if (error instanceof WireError || error instanceof SyntaxError)
			throw new WireError(`${where}: ${error.message}`, { cause: error })
		throw error
	}
}

/** Writes rows to one file, making its folder. */
export async function writeJsonLines(file: string, rows: readonly Row[], schema: Schema): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true })
	await writeFile(file, rows.map((row) => `${JSON.stringify(encodeRow(row, schema))}\n`).join(''))
}
