/**
 * The syntax tree of a script: one small set of nodes for C# and Visual Basic. Names and types are as written; what they
 * mean is found out later. What neither parser has a node for is `other`, with a name for people.
 */

export type ScriptLanguage = 'csharp' | 'vb'

/** `List<string>` has the argument `string`; `byte[]` is `byte` with one dimension. */
export interface TypeName {
	readonly name: string
	readonly args: readonly TypeName[]
	readonly dimensions: number
	readonly nullable: boolean
	/** Of an enumeration of the script's own: the names of its values, by their numbers. */
	readonly names?: Readonly<Record<string, string>>
	/** A collection of objects, of which all that is put into it shows the type. */
	readonly isUntyped?: true
}

export interface Argument {
	readonly value: Syntax
	/** `ref`, `out`: the callee may assign it. */
	readonly byReference: boolean
	/** `out int x`: it is declared there. */
	readonly declares?: true
	/** The parameter that it is for, where the call names it. */
	readonly name?: string
}

interface Node {
	/** Line in the script's own file, from 1. */
	readonly line: number
}

export type LiteralKind =
	| 'int'
	| 'uint'
	| 'long'
	| 'ulong'
	| 'float'
	| 'double'
	| 'decimal'
	| 'string'
	| 'char'
	| 'boolean'
	| 'null'

export type BinaryOperator =
	| '+'
	| '-'
	| '*'
	| '/'
	| '%'
	| '\\'
	| '^'
	| '&'
	| '|'
	| 'xor'
	| '<<'
	| '>>'
	| '=='
	| '!='
	| '<'
	| '<='
	| '>'
	| '>='
	| 'and'
	| 'or'
	| 'strict-and'
	| 'strict-or'
	| 'coalesce'
	| 'concat'
	| 'is'
	| 'is-not'
	| 'like'

export type Syntax =
	| (Node & { readonly kind: 'literal'; readonly type: LiteralKind; readonly text: string })
	| (Node & { readonly kind: 'name'; readonly name: string })
	| (Node & { readonly kind: 'member'; readonly target: Syntax; readonly name: string; readonly conditional: boolean })
	/** In Visual Basic an index is a call, too. */
	| (Node & {
			readonly kind: 'call'
			readonly target: Syntax
			readonly args: readonly Argument[]
			readonly typeArgs: readonly TypeName[]
	  })
	| (Node & { readonly kind: 'index'; readonly target: Syntax; readonly args: readonly Argument[] })
	| (Node & {
			readonly kind: 'new'
			readonly type: TypeName
			readonly args: readonly Argument[]
			readonly items?: readonly Syntax[]
			readonly members?: readonly { readonly name: string; readonly value: Syntax }[]
	  })
	/** An array with its items, or of a size. */
	| (Node & {
			readonly kind: 'array'
			readonly type?: TypeName
			readonly items: readonly Syntax[]
			readonly size?: Syntax
			/** The second size of a table. */
			readonly columns?: Syntax
	  })
	| (Node & { readonly kind: 'unary'; readonly operator: '-' | '+' | 'not' | '~'; readonly operand: Syntax })
	| (Node & { readonly kind: 'step'; readonly target: Syntax; readonly by: 1 | -1; readonly prefix: boolean })
	| (Node & {
			readonly kind: 'binary'
			readonly operator: BinaryOperator
			readonly left: Syntax
			readonly right: Syntax
	  })
	| (Node & {
			readonly kind: 'conditional'
			readonly condition: Syntax
			readonly then: Syntax
			readonly otherwise: Syntax
	  })
	| (Node & { readonly kind: 'cast'; readonly type: TypeName; readonly operand: Syntax; readonly soft: boolean })
	/** `x is string`, and `x is string s`, which declares a local as well. */
	| (Node & { readonly kind: 'type-test'; readonly type: TypeName; readonly operand: Syntax; readonly name?: string })
	| (Node & { readonly kind: 'type'; readonly type: TypeName })
	| (Node & {
			readonly kind: 'interpolated'
			/** `width`: room that the text takes at least, at its left where it is negative. */
			readonly parts: readonly (string | { readonly value: Syntax; readonly format: string; readonly width?: Syntax })[]
	  })
	| (Node & { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: Syntax })
	| (Node & { readonly kind: 'assignment'; readonly target: Syntax; readonly value: Syntax })
	| (Node & { readonly kind: 'other'; readonly what: string })

export type AssignOperator = '=' | Exclude<BinaryOperator, 'and' | 'or' | 'is' | 'is-not' | 'like'>

export interface LocalSyntax {
	readonly name: string
	readonly type?: TypeName
	readonly value?: Syntax
}

export interface SwitchCase {
	/** A value, a range (`1 To 5`), or a comparison (`Is > 5`). */
	readonly labels: readonly (
		| { readonly kind: 'value'; readonly value: Syntax }
		| { readonly kind: 'range'; readonly from: Syntax; readonly to: Syntax }
		| { readonly kind: 'comparison'; readonly operator: BinaryOperator; readonly value: Syntax }
	)[]
	/** Also taken when nothing else is. */
	readonly isDefault: boolean
	readonly body: readonly Statement[]
}

export interface CatchClause {
	readonly type?: TypeName
	readonly name?: string
	readonly filtered: boolean
	readonly body: readonly Statement[]
}

export type Statement =
	| (Node & { readonly kind: 'local'; readonly locals: readonly LocalSyntax[] })
	| (Node & {
			readonly kind: 'assign'
			readonly target: Syntax
			readonly operator: AssignOperator
			readonly value: Syntax
	  })
	| (Node & { readonly kind: 'expression'; readonly value: Syntax })
	| (Node & {
			readonly kind: 'if'
			readonly condition: Syntax
			readonly then: readonly Statement[]
			readonly otherwise: readonly Statement[]
	  })
	| (Node & {
			readonly kind: 'while'
			readonly condition: Syntax
			readonly body: readonly Statement[]
			readonly after: boolean
	  })
	| (Node & {
			readonly kind: 'for'
			readonly first: readonly Statement[]
			readonly condition?: Syntax
			readonly next: readonly Statement[]
			readonly body: readonly Statement[]
	  })
	/** `For i = 1 To 10 Step 2`. */
	| (Node & {
			readonly kind: 'count'
			readonly name: string
			readonly type?: TypeName
			readonly declares: boolean
			readonly from: Syntax
			readonly to: Syntax
			readonly step?: Syntax
			readonly body: readonly Statement[]
	  })
	| (Node & {
			readonly kind: 'foreach'
			readonly name: string
			readonly type?: TypeName
			readonly source: Syntax
			readonly body: readonly Statement[]
	  })
	| (Node & { readonly kind: 'switch'; readonly value: Syntax; readonly cases: readonly SwitchCase[] })
	| (Node & {
			readonly kind: 'try'
			readonly body: readonly Statement[]
			readonly catches: readonly CatchClause[]
			readonly last: readonly Statement[]
	  })
	| (Node & {
			readonly kind: 'using'
			readonly locals: readonly LocalSyntax[]
			readonly value?: Syntax
			readonly body: readonly Statement[]
	  })
	| (Node & { readonly kind: 'block'; readonly body: readonly Statement[] })
	| (Node & { readonly kind: 'return'; readonly value?: Syntax })
	| (Node & { readonly kind: 'throw'; readonly value?: Syntax })
	| (Node & { readonly kind: 'break' | 'continue' })
	| (Node & { readonly kind: 'other'; readonly what: string })

export interface ParameterSyntax {
	readonly name: string
	readonly type?: TypeName
	readonly byReference: boolean
	readonly value?: Syntax
	/** `this string s`: the method can be called as a member of it. */
	readonly isReceiver?: true
}

export interface MethodSyntax extends Node {
	readonly name: string
	readonly parameters: readonly ParameterSyntax[]
	/** Absent: nothing (`void`, `Sub`). */
	readonly returns?: TypeName
	readonly body: readonly Statement[]
	readonly isConstructor: boolean
	readonly isStatic: boolean
	/** The file that it stands in, where that is not the one of the script's own class. */
	readonly file?: string
}

export interface FieldSyntax extends Node {
	readonly name: string
	readonly type?: TypeName
	readonly value?: Syntax
	readonly isConstant: boolean
	/** A property without a body of its own is held like a field. */
	readonly isProperty: boolean
	readonly isStatic: boolean
}

/** Without a value of its own it is one more than the one before it. */
export interface EnumerationValue {
	readonly name: string
	readonly value?: Syntax
}

export interface ClassSyntax extends Node {
	readonly name: string
	/** Classes and interfaces that it is derived from. */
	readonly bases: readonly string[]
	readonly isStruct: boolean
	/** Values of an enumeration; absent for what is none. */
	readonly values?: readonly EnumerationValue[]
	/** Properties with bodies are methods too: `get X` and `set X`. */
	readonly methods: readonly MethodSyntax[]
	readonly fields: readonly FieldSyntax[]
	readonly classes: readonly ClassSyntax[]
	/** Members with a meaning that nothing here can hold: events, operators, indexers. */
	readonly others: readonly (Node & { readonly what: string; readonly name: string })[]
}

export interface ScriptSyntax {
	readonly language: ScriptLanguage
	readonly imports: readonly string[]
	readonly classes: readonly ClassSyntax[]
}

export interface SyntaxProblem {
	readonly message: string
	readonly line: number
}

export type Parsed = { readonly script: ScriptSyntax } | { readonly problem: SyntaxProblem }

export const typeNamed = (name: string): TypeName => ({ name, args: [], dimensions: 0, nullable: false })

/** An enumeration as a class that has values alone. */
export const enumeration = (name: string, values: readonly EnumerationValue[], line: number): ClassSyntax => ({
	name,
	line,
	values,
	bases: [],
	isStruct: false,
	methods: [],
	fields: [],
	classes: [],
	others: [],
})
