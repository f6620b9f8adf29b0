/**
 * Scripts (C# or Visual Basic inside a package) as our own typed tree. Every name is resolved, every operation is one of the
 * catalogue in `src/languages/dotnet`, and what a script reads and writes outside is stated: nothing here is text of the source.
 */
import type { DataType } from './types.ts'
import type { Value } from './values.ts'

/** Types of the source's runtime, as far as scripts are understood. */
export type ScriptType =
	| { readonly kind: 'value'; readonly type: DataType }
	/** One character. */
	| { readonly kind: 'char' }
	/** A decimal of 28 digits whose scale is part of the value. */
	| { readonly kind: 'decimal' }
	/** Untyped: the source's type says nothing of the items, which are all of one type. */
	| { readonly kind: 'list'; readonly of: ScriptType; readonly isUntyped?: true }
	/** Keys are texts where nothing else is said. */
	| { readonly kind: 'map'; readonly of: ScriptType; readonly key?: ScriptType; readonly isUntyped?: true }
	/** What is in it once, without an order. */
	| { readonly kind: 'set'; readonly of: ScriptType }
	/** Anything: what a package variable of type Object holds. */
	| { readonly kind: 'object' }
	/** Something of the runtime that scripts only hand around: `StreamReader`, `Exception`. */
	| {
			readonly kind: 'thing'
			readonly name: string
			/** Of an enumeration of the script's own: the names of its values, by their numbers. */
			readonly names?: Readonly<Record<string, string>>
	  }
	| { readonly kind: 'nothing' }

interface ScriptNode {
	/** Line in the script's own file. */
	readonly line: number
}

interface ScriptExpressionBase extends ScriptNode {
	readonly type: ScriptType
}

export type ScriptExpression =
	| (ScriptExpressionBase & { readonly kind: 'literal'; readonly value: Value })
	/** A local, a parameter of the method, or a field: names are unique in a method and its class. */
	| (ScriptExpressionBase & { readonly kind: 'local' | 'field'; readonly name: string })
	/** A variable or parameter of the package. */
	| (ScriptExpressionBase & { readonly kind: 'variable' | 'parameter'; readonly name: string })
	/** A column of the row. Reading a null column raises, unless a test before has shown that it is not null. */
	| (ScriptExpressionBase & { readonly kind: 'column'; readonly name: string; readonly isKnown: boolean })
	| (ScriptExpressionBase & { readonly kind: 'column-is-null'; readonly name: string })
	| (ScriptExpressionBase & {
			readonly kind: 'call'
			readonly operation: string
			readonly args: readonly ScriptExpression[]
	  })
	/** A method of the script itself. */
	| (ScriptExpressionBase & {
			readonly kind: 'invoke'
			readonly method: string
			readonly args: readonly ScriptExpression[]
	  })
	| (ScriptExpressionBase & {
			readonly kind: 'choose'
			readonly condition: ScriptExpression
			readonly then: ScriptExpression
			readonly otherwise: ScriptExpression
	  })
	/** Only as many operands are evaluated as are needed. */
	| (ScriptExpressionBase & {
			readonly kind: 'both' | 'either' | 'coalesce'
			readonly left: ScriptExpression
			readonly right: ScriptExpression
	  })
	| (ScriptExpressionBase & { readonly kind: 'list'; readonly items: readonly ScriptExpression[] })
	/** What is asked about the items of a list, one after another: `local` is each in turn, `body` is computed of it. */
	| (ScriptExpressionBase & {
			readonly kind: 'query'
			readonly how: ScriptQuery
			readonly source: ScriptExpression
			readonly local: string
			readonly body: ScriptExpression
	  })
	/** Goes to the next row of the input; false when there is none. */
	| (ScriptExpressionBase & { readonly kind: 'next-row' })

/** `find` gives null where `first` raises, `index` the place or -1; none looks at items behind the one that it finds. */
export type ScriptQuery = 'index' | 'where' | 'select' | 'any' | 'all' | 'first' | 'find' | 'sort' | 'sort-descending'

/** What can be assigned to. */
export type ScriptTarget =
	| { readonly kind: 'local' | 'field' | 'variable'; readonly name: string }
	/** A column of the current row of an output, or of the row of the input. */
	| { readonly kind: 'column'; readonly output: string; readonly name: string; readonly type: DataType }

export interface ScriptHandler {
	/** Kinds of exceptions that it takes; empty: all. */
	readonly exceptions: readonly string[]
	/** Local that holds the exception. */
	readonly local?: string
	readonly body: readonly ScriptStatement[]
}

export type ScriptStatement =
	/** `declares`: the local begins here. */
	| (ScriptNode & {
			readonly kind: 'set'
			readonly target: ScriptTarget
			readonly value: ScriptExpression
			readonly declares: boolean
	  })
	| (ScriptNode & { readonly kind: 'add-row' | 'direct-row'; readonly output: string })
	/** A call for what it does. */
	| (ScriptNode & { readonly kind: 'do'; readonly value: ScriptExpression })
	| (ScriptNode & {
			readonly kind: 'if'
			readonly condition: ScriptExpression
			readonly then: readonly ScriptStatement[]
			readonly otherwise: readonly ScriptStatement[]
	  })
	| (ScriptNode & {
			readonly kind: 'while'
			readonly condition: ScriptExpression
			readonly body: readonly ScriptStatement[]
			readonly after: boolean
			readonly next: readonly ScriptStatement[]
	  })
	| (ScriptNode & {
			readonly kind: 'for-each'
			readonly local: string
			readonly source: ScriptExpression
			readonly body: readonly ScriptStatement[]
	  })
	| (ScriptNode & {
			readonly kind: 'try'
			readonly body: readonly ScriptStatement[]
			readonly handlers: readonly ScriptHandler[]
			readonly last: readonly ScriptStatement[]
	  })
	| (ScriptNode & { readonly kind: 'return'; readonly value?: ScriptExpression })
	| (ScriptNode & { readonly kind: 'raise'; readonly message: ScriptExpression })
	| (ScriptNode & { readonly kind: 'break' | 'continue' | 'raise-again' })
	/** How the task ends, unless a later one says otherwise. */
	| (ScriptNode & { readonly kind: 'result'; readonly outcome: 'success' | 'failure' })
	/** Left out on purpose: a message box, a line of the log. */
	| (ScriptNode & { readonly kind: 'note'; readonly text: string })

export interface ScriptField extends ScriptNode {
	readonly name: string
	readonly type: ScriptType
	readonly initial: ScriptExpression
	readonly isConstant: boolean
}

export interface ScriptMethod extends ScriptNode {
	readonly name: string
	readonly parameters: readonly { readonly name: string; readonly type: ScriptType }[]
	readonly returns: ScriptType
	readonly body: readonly ScriptStatement[]
}

/** When the runtime calls which method. */
export interface ScriptEntry {
	/** The whole of a task. */
	readonly main?: string
	/** First and last of all, where a script takes its connections and gives them back. */
	readonly connect?: string
	readonly release?: string
	/** Before the first row, and after the last. */
	readonly before?: string
	readonly after?: string
	/** Once for each row of the input. */
	readonly eachRow?: string
	/** Once for all rows: it asks for them itself. */
	readonly allRows?: string
	/** Behind the last row, while rows can still be made. */
	readonly afterRows?: string
	/** Makes rows of its own. */
	readonly makeRows?: string
}

/** What a script is for, found from what it does. */
export type ScriptIntent =
	| 'row logic'
	| 'rows of its own'
	| 'sets variables'
	| 'log or message'
	| 'files'
	| 'hashing'
	| 'database'
	| 'mail'
	| 'http'
	| 'archive'
	| 'xml'
	| 'office'
	| 'registry or environment'
	| 'nothing'

export interface ScriptProgram {
	readonly language: 'csharp' | 'vb'
	readonly fields: readonly ScriptField[]
	readonly methods: readonly ScriptMethod[]
	readonly entry: ScriptEntry
	readonly intents: readonly ScriptIntent[]
}

/** Visits every statement, those around others first. */
export function visitStatements(
	statements: readonly ScriptStatement[],
	see: (statement: ScriptStatement) => void,
): void {
	for (const statement of statements) {
		see(statement)
		for (const body of bodiesOf(statement)) visitStatements(body, see)
	}
}

function bodiesOf(statement: ScriptStatement): readonly (readonly ScriptStatement[])[] {
	switch (statement.kind) {
		case 'if':
			return [statement.then, statement.otherwise]
		case 'while':
			return [statement.body, statement.next]
		case 'for-each':
			return [statement.body]
		case 'try':
			return [statement.body, ...statement.handlers.map(({ body }) => body), statement.last]
		default:
			return []
	}
}

/** Expressions of a statement itself, without those of the statements inside it. */
export function expressionsOf(statement: ScriptStatement): readonly ScriptExpression[] {
	switch (statement.kind) {
		case 'set':
		case 'do':
			return [statement.value]
		case 'if':
		case 'while':
			return [statement.condition]
		case 'for-each':
			return [statement.source]
		case 'return':
			return statement.value === undefined ? [] : [statement.value]
		case 'raise':
			return [statement.message]
		default:
			return []
	}
}

/** Visits an expression and everything below it, parents first. */
export function visitScriptExpression(expression: ScriptExpression, see: (part: ScriptExpression) => void): void {
	see(expression)
	for (const part of partsOf(expression)) visitScriptExpression(part, see)
}

function partsOf(expression: ScriptExpression): readonly ScriptExpression[] {
	switch (expression.kind) {
		case 'call':
		case 'invoke':
			return expression.args
		case 'choose':
			return [expression.condition, expression.then, expression.otherwise]
		case 'both':
		case 'either':
		case 'coalesce':
			return [expression.left, expression.right]
		case 'list':
			return expression.items
		case 'query':
			return [expression.source, expression.body]
		default:
			return []
	}
}

/** Visits every expression of a program: of its fields and of all statements of its methods. */
export function visitProgram(program: ScriptProgram, see: (part: ScriptExpression) => void): void {
	for (const { initial } of program.fields) visitScriptExpression(initial, see)
	for (const { body } of program.methods) {
		visitStatements(body, (statement) => {
			for (const expression of expressionsOf(statement)) visitScriptExpression(expression, see)
		})
	}
}

/** Connections of the job that a program talks to. */
export function connectionsUsed(program: ScriptProgram): readonly string[] {
	const names = new Set<string>()
	visitProgram(program, (part) => {
		const isName = part.kind === 'literal' && part.type.kind === 'thing' && part.type.name.startsWith('Connection')
		if (isName && typeof part.value === 'string') names.add(part.value)
	})
	return [...names]
}

const value = (type: DataType): ScriptType => ({ kind: 'value', type })

/** The types that every part needs by name. */
export const scriptTypes = {
	string: value({ kind: 'string', unicode: true, fixed: false }),
	boolean: value({ kind: 'boolean' }),
	byte: value({ kind: 'int', bits: 8, signed: false }),
	int: value({ kind: 'int', bits: 32, signed: true }),
	long: value({ kind: 'int', bits: 64, signed: true }),
	double: value({ kind: 'float', bits: 64 }),
	float: value({ kind: 'float', bits: 32 }),
	/** A point in time, to the microsecond. */
	moment: value({ kind: 'timestamp', digits: 6, zone: false }),
	/** A length of time. */
	span: { kind: 'thing', name: 'TimeSpan' },
	uuid: value({ kind: 'uuid' }),
	char: { kind: 'char' },
	decimal: { kind: 'decimal' },
	object: { kind: 'object' },
	nothing: { kind: 'nothing' },
	exception: { kind: 'thing', name: 'Exception' },
} as const satisfies Record<string, ScriptType>

export const listOf = (of: ScriptType): ScriptType => ({ kind: 'list', of })

/** How a person names the type: `string`, `int32`, `list of string`. */
export function scriptTypeKey(type: ScriptType): string {
	switch (type.kind) {
		case 'value':
			return type.type.kind === 'int'
				? `${type.type.signed ? '' : 'u'}int${type.type.bits}`
				: type.type.kind === 'float'
					? `float${type.type.bits}`
					: type.type.kind
		case 'list':
			return `list of ${scriptTypeKey(type.of)}`
		case 'map':
			return `map of ${type.key === undefined ? '' : `${scriptTypeKey(type.key)} to `}${scriptTypeKey(type.of)}`
		case 'set':
			return `set of ${scriptTypeKey(type.of)}`
		case 'thing':
			return type.name
		default:
			return type.kind
	}
}
