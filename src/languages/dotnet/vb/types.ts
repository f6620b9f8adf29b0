/** Type names of Visual Basic: `List(Of String)`, `Byte()`, `Integer?`. */
import type { TypeName } from '../syntax.ts'
import { typeNamed } from '../syntax.ts'
import type { Cursor } from './cursor.ts'

/** @param isMade behind `New`, where parentheses hold arguments */
export function readType(cursor: Cursor, isMade = false): TypeName {
	const parts = [cursor.name()]
	while (cursor.takeSign('.')) parts.push(cursor.name())
	let type = typeNamed(parts.join('.'))
	if (cursor.seesSign('(') && cursor.peek(1).key === 'of') {
		cursor.next()
		cursor.next()
		const args = [readType(cursor)]
		while (cursor.takeSign(',')) args.push(readType(cursor))
		cursor.expectSign(')')
		type = { ...type, args }
	}
	if (cursor.takeSign('?')) type = { ...type, nullable: true }
	while (!isMade && cursor.seesSign('(') && cursor.seesSign(')', 1)) {
		cursor.next()
		cursor.next()
		type = { ...type, dimensions: type.dimensions + 1 }
	}
	return type
}
