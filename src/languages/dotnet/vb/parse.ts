/** Visual Basic scripts: files, classes and their members. No maintained grammar exists, so the parser is our own. */
import type {
	ClassSyntax,
	EnumerationValue,
	FieldSyntax,
	MethodSyntax,
	ParameterSyntax,
	Parsed,
	ScriptSyntax,
} from '../syntax.ts'
import { enumeration, typeNamed } from '../syntax.ts'
import { Cursor, VbProblem } from './cursor.ts'
import { readExpression } from './expressions.ts'
import { LexicalProblem, tokenize } from './lexer.ts'
import { withHandlers } from './on-error.ts'
import { withResult } from './results.ts'
import { readDeclarators, readStatements } from './statements.ts'
import { readType } from './types.ts'

/** Reads a whole file; what is not Visual Basic is a problem with its line. */
export function parseVb(source: string): Parsed {
	try {
		return { script: readFile(new Cursor(tokenize(source))) }
	} catch (error) {
		if (error instanceof VbProblem || error instanceof LexicalProblem) {
			return { problem: { message: error.message, line: error.line } }
		}
		throw error
	}
}

function readFile(cursor: Cursor): ScriptSyntax {
	const imports: string[] = []
	const classes: ClassSyntax[] = []
	cursor.skipEnds()
	while (!cursor.isOver) {
		if (cursor.take('imports')) {
			imports.push(readWords(cursor))
			cursor.endStatement()
		} else if (cursor.sees('option') || cursor.sees('namespace') || cursor.sees('end', 'namespace'))
			cursor.skipStatement()
		else if (!readAttributes(cursor)) classes.push(...readMember(cursor).classes)
		cursor.skipEnds()
	}
	return { language: 'vb', imports, classes }
}

function readWords(cursor: Cursor): string {
	let words = ''
	while (!cursor.atEnd) words += cursor.next().text
	return words
}

/** `<Attribute(…)>`, over whatever lines. */
function readAttributes(cursor: Cursor): boolean {
	if (!cursor.takeSign('<')) return false
	let depth = 1
	while (depth > 0) {
		if (cursor.isOver) cursor.fail('> was expected')
		const token = cursor.next()
		if (token.kind === 'sign' && token.text === '<') depth += 1
		if (token.kind === 'sign' && token.text === '>') depth -= 1
	}
	cursor.skipEnds()
	return true
}

const modifiers: ReadonlySet<string> = new Set([
	'public',
	'private',
	'protected',
	'friend',
	'partial',
	'shared',
	'overrides',
	'overridable',
	'overloads',
	'shadows',
	'notinheritable',
	'mustinherit',
	'readonly',
	'writeonly',
	'default',
	'notoverridable',
	'withevents',
	'narrowing',
	'widening',
])

interface Members {
	readonly methods: readonly MethodSyntax[]
	readonly fields: readonly FieldSyntax[]
	readonly classes: readonly ClassSyntax[]
	readonly others: ClassSyntax['others']
}

const none: Members = { methods: [], fields: [], classes: [], others: [] }

function readMember(cursor: Cursor): Members {
	while (readAttributes(cursor));
	const { line } = cursor
	const found = new Set<string>()
	while (modifiers.has(cursor.peek().key)) found.add(cursor.next().key)
	const isStatic = found.has('shared')
	const kind = ['class', 'structure', 'module'].find((one) => cursor.take(one))
	if (kind !== undefined) return { ...none, classes: [readClass(cursor, kind, line)] }
	if (cursor.take('sub') || cursor.sees('function'))
		return { ...none, methods: [{ ...readMethod(cursor, cursor.take('function'), line), isStatic }] }
	if (cursor.take('enum')) return { ...none, classes: [readEnumeration(cursor, line)] }
	if (cursor.take('property')) return readProperty(cursor, isStatic, line)
	if (cursor.sees('event') || cursor.sees('declare') || cursor.sees('delegate')) {
		const what = cursor.next().text
		const name = cursor.name()
		cursor.skipStatement()
		return { ...none, others: [{ line, what, name }] }
	}
	const isConstant = cursor.take('const')
	if (cursor.take('dim') || isConstant || found.size > 0) {
		const fields = readDeclarators(cursor).map((one) => ({
			...one,
			line,
			isConstant,
			isProperty: false,
			isStatic: isStatic || isConstant,
		}))
		cursor.endStatement()
		return { ...none, fields }
	}
	return cursor.fail(`'${cursor.peek().text}' was not expected`)
}

function readEnumeration(cursor: Cursor, line: number): ClassSyntax {
	const name = cursor.name()
	cursor.skipStatement()
	const values: EnumerationValue[] = []
	while (!cursor.sees('end', 'enum')) {
		if (cursor.isOver) cursor.fail('End Enum was expected')
		readAttributes(cursor)
		const called = cursor.name()
		values.push({ name: called, ...(cursor.takeSign('=') ? { value: readExpression(cursor) } : {}) })
		cursor.endStatement()
	}
	cursor.skipStatement()
	return enumeration(name, values, line)
}

function readClass(cursor: Cursor, kind: string, line: number): ClassSyntax {
	const name = cursor.name()
	cursor.skipStatement()
	const members: Members[] = []
	const bases: string[] = []
	while (!cursor.seesAny(['end class', 'end structure', 'end module'])) {
		if (cursor.isOver) cursor.fail('End Class was expected')
		if (cursor.take('inherits') || cursor.take('implements')) bases.push(readWords(cursor))
		else members.push(readMember(cursor))
		cursor.skipEnds()
	}
	cursor.skipStatement()
	return {
		line,
		name,
		bases,
		isStruct: kind === 'structure',
		// What a module holds belongs to no object.
		methods: members.flatMap(({ methods }) =>
			methods.map((one) => (kind === 'module' ? { ...one, isStatic: true } : one)),
		),
		fields: members.flatMap(({ fields }) =>
			fields.map((one) => (kind === 'module' ? { ...one, isStatic: true } : one)),
		),
		classes: members.flatMap(({ classes }) => classes),
		others: members.flatMap(({ others }) => others),
	}
}

function readMethod(cursor: Cursor, isFunction: boolean, line: number): MethodSyntax {
	const isConstructor = cursor.sees('new')
	const name = cursor.name()
	const parameters = cursor.seesSign('(') ? readParameters(cursor) : []
	const returns = cursor.take('as') ? readType(cursor) : undefined
	if (!cursor.atEnd) while (!cursor.atEnd) cursor.next()
	cursor.endStatement()
	const what = isFunction ? 'function' : 'sub'
	const body = withHandlers(readStatements(cursor, `end ${what}`))
	cursor.expect('end')
	cursor.expect(what)
	cursor.endStatement()
	const whole = isFunction && returns !== undefined ? withResult(name, returns, body, line) : body
	const common = { line, name, parameters, body: whole, isConstructor, isStatic: false }
	return returns === undefined ? common : { ...common, returns }
}

function readParameters(cursor: Cursor): readonly ParameterSyntax[] {
	cursor.expectSign('(')
	const parameters: ParameterSyntax[] = []
	while (!cursor.seesSign(')')) {
		let byReference = false
		while (['byval', 'byref', 'optional', 'paramarray'].includes(cursor.peek().key))
			byReference = cursor.next().key === 'byref' || byReference
		const name = cursor.name()
		const isArray = cursor.seesSign('(')
		if (isArray) {
			cursor.next()
			cursor.expectSign(')')
		}
		const type = cursor.take('as') ? readType(cursor) : undefined
		const whole = type === undefined ? {} : { type: { ...type, dimensions: type.dimensions + (isArray ? 1 : 0) } }
		const value = cursor.takeSign('=') ? { value: readExpression(cursor) } : {}
		parameters.push({ name, ...whole, byReference, ...value })
		if (!cursor.takeSign(',')) break
	}
	cursor.expectSign(')')
	return parameters
}

/** An automatic property is held like a field; one with bodies is the methods that its reader and its writer are. */
function readProperty(cursor: Cursor, isStatic: boolean, line: number): Members {
	const name = cursor.name()
	const parameters = cursor.seesSign('(') ? readParameters(cursor) : []
	const isTyped = cursor.take('as')
	const isNew = isTyped && cursor.take('new')
	const returns = isTyped ? readType(cursor) : typeNamed('Object')
	const value = cursor.takeSign('=') ? { value: readExpression(cursor) } : {}
	while (!cursor.atEnd) cursor.next()
	cursor.skipEnds()
	if (!cursor.seesAny(['get', 'set', 'public get', 'private set', 'protected set']))
		return isNew
			? { ...none, others: [{ line, what: 'property of a new object', name }] }
			: { ...none, fields: [{ name, type: returns, ...value, line, isConstant: false, isProperty: true, isStatic }] }
	const methods: MethodSyntax[] = []
	while (!cursor.sees('end', 'property')) {
		const at = cursor.line
		while (modifiers.has(cursor.peek().key)) cursor.next()
		const what = cursor.next().key
		const given = cursor.seesSign('(') ? readParameters(cursor) : []
		const written = given.length > 0 ? given : [{ name: 'value', type: returns, byReference: false }]
		const body = readStatements(cursor, `end ${what}`)
		cursor.expect('end')
		cursor.expect(what)
		cursor.skipEnds()
		const common = { line: at, name: `${what} ${name}`, body, isConstructor: false, isStatic }
		methods.push(
			what === 'get' ? { ...common, parameters, returns } : { ...common, parameters: [...parameters, ...written] },
		)
	}
	cursor.skipStatement()
	return { ...none, methods }
}
