/** What names mean while one method is bound. */
import type { ScriptExpression, ScriptField, ScriptStatement, ScriptType } from '#model/scripts.ts'
import type { ClassSyntax, MethodSyntax, ScriptLanguage } from '../syntax.ts'
import type { ScriptContract } from './contract.ts'
import type { Binders } from './recursion.ts'

export interface MethodShape {
	/** Its name in the program, unique among the methods of all classes. */
	readonly name: string
	readonly syntax: MethodSyntax
	readonly parameters: readonly { readonly name: string; readonly type: ScriptType }[]
	readonly returns: ScriptType
	/** The script's own class that it belongs to; absent for methods of the class that the runtime calls. */
	readonly holder?: ClassSyntax
	/** The object that it is called on, where it is called on one. */
	readonly self?: ScriptType
}

/** The class around the methods. */
export interface ClassScope {
	readonly language: ScriptLanguage
	readonly contract: ScriptContract
	/** How its parts are bound, whatever they are. */
	readonly binders: Binders
	readonly syntax: ClassSyntax
	readonly fields: Map<string, ScriptField>
	/** By their names, those of other classes with these before them; several where they differ by their parameters. */
	readonly methods: ReadonlyMap<string, readonly MethodShape[]>
	/** Classes of the script's own beside the one that the runtime calls. */
	readonly classes: ReadonlyMap<string, ClassSyntax>
	/** Connection managers by the locals and fields that hold them. */
	readonly managers: Map<string, string>
	/** Names of the methods that something calls, to be bound. */
	readonly wanted: Set<string>
	/** Databases that the script opens by texts of its own, with what is known of each; absent: it may not. */
	readonly opened?: Map<string, string>
	/** Differences that operations brought. */
	readonly differences: Set<string>
	readonly notes: { readonly text: string; readonly line: number }[]
}

/** Visual Basic does not mind letter case. */
export const nameKey = (language: ScriptLanguage, name: string): string =>
	language === 'vb' ? name.toLowerCase() : name

export interface Local {
	readonly name: string
	readonly type: ScriptType
	/** Collections of package variables are understood at the time of binding: the names that were locked. */
	readonly locked?: string[]
}

export class MethodScope {
	readonly class: ClassScope
	readonly returns: ScriptType
	/** How the row of the input is called: the parameter of the row method. */
	readonly rowName: string | undefined
	#locals: Map<string, Local>[] = [new Map<string, Local>()]
	#taken = new Map<string, ScriptType>()
	/** Columns that are known not to be null here. */
	known = new Set<string>()
	/** Patterns of the locals that hold a regular expression. */
	readonly patterns = new Map<string, ScriptExpression>()
	/** Locals that stand for a key of a dictionary and what it has for it. */
	readonly pairs = new Map<string, { readonly key: ScriptExpression; readonly value: ScriptExpression }>()
	/** Statements that must come before the one that is being bound; undefined where there is no place for them. */
	before: ScriptStatement[] | undefined
	loops = 0
	/** The class of the script's own whose code this is. */
	readonly holder: ClassSyntax | undefined
	/** The local that holds the object of that class, in code that has one. */
	self: ScriptExpression | undefined
	/** Parameters whose values go back to the caller, beside what the method returns. */
	backs: readonly ScriptExpression[] = []
	/** The object that a constructor gives. */
	made: ScriptExpression | undefined
	/** Locals of type object by what they hold: nothing of another type is put into them or taken out. */
	readonly boxed = new Set<string>()
	/** Locals that were declared without a value. */
	readonly unset = new Set<string>()

	constructor(owner: ClassScope, returns: ScriptType, rowName: string | undefined, holder?: ClassSyntax) {
		this.class = owner
		this.returns = returns
		this.rowName = rowName
		this.holder = holder
	}

	key(name: string): string {
		return nameKey(this.class.language, name)
	}

	isRow(name: string): boolean {
		return this.rowName !== undefined && this.key(name) === this.key(this.rowName) && this.local(name) === undefined
	}

	local(name: string): Local | undefined {
		return this.#locals.findLast((one) => one.has(this.key(name)))?.get(this.key(name))
	}

	/** A new local; where another block has one of that name and another type, it gets another name. */
	declare(name: string, type: ScriptType, locked?: string[]): Local {
		let free = name
		const shape = JSON.stringify(type)
		for (let count = 2; this.#taken.has(free) && JSON.stringify(this.#taken.get(free)) !== shape; count += 1)
			free = `${name}${count}`
		this.#taken.set(free, type)
		const local = { name: free, type, ...(locked === undefined ? {} : { locked }) }
		this.#locals.at(-1)?.set(this.key(name), local)
		return local
	}

	/** A name that the script does not use. */
	fresh(name: string, type: ScriptType): string {
		let free = name
		for (let count = 2; this.#taken.has(free) || this.local(free) !== undefined; count += 1) free = `${name}${count}`
		this.#taken.set(free, type)
		return free
	}

	inBlock<T>(run: () => T): T {
		this.#locals.push(new Map())
		try {
			return run()
		} finally {
			this.#locals.pop()
		}
	}

	field(name: string): ScriptField | undefined {
		const own = this.holder === undefined ? undefined : this.class.binders.staticField(this.holder, name, this)
		return own ?? this.class.fields.get(this.key(name))
	}

	/** Methods of that name: those of the class whose code this is before those of the class around it. */
	methods(name: string): readonly MethodShape[] {
		const own = this.holder === undefined ? [] : this.methodsOf(this.holder, name)
		return own.length > 0 ? own : (this.class.methods.get(this.key(name)) ?? [])
	}

	methodsOf(holder: ClassSyntax, name: string): readonly MethodShape[] {
		return this.class.methods.get(this.key(`${holder.name}.${name}`)) ?? []
	}

	/** Binds with more columns known to be present, and forgets that afterwards. */
	knowing<T>(columns: readonly string[], run: () => T): T {
		const before = this.known
		this.known = new Set([...before, ...columns])
		try {
			return run()
		} finally {
			this.known = before
		}
	}

	/** Binds where statements cannot be put before: inside a condition that may not be evaluated. */
	withoutHoisting<T>(run: () => T): T {
		const { before } = this
		this.before = undefined
		try {
			return run()
		} finally {
			this.before = before
		}
	}
}

/** Columns that are not null when the condition has that outcome. */
export function presentWhen(condition: ScriptExpression, outcome: boolean): readonly string[] {
	switch (condition.kind) {
		case 'column-is-null':
			return outcome ? [] : [condition.name]
		case 'call':
			return condition.operation === 'Logic.Not' && condition.args[0] !== undefined
				? presentWhen(condition.args[0], !outcome)
				: []
		case 'both':
			return outcome ? [...presentWhen(condition.left, true), ...presentWhen(condition.right, true)] : []
		case 'either':
			return outcome ? [] : [...presentWhen(condition.left, false), ...presentWhen(condition.right, false)]
		default:
			return []
	}
}
