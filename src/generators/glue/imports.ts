/** Import lines of a script, merged and in the order that ruff's isort rules want. */

/** Modules of Python that scripts import. */
export const standardModules: ReadonlySet<string> = new Set([
	'base64',
	'calendar',
	'collections.abc',
	'contextlib',
	'dataclasses',
	'datetime',
	'decimal',
	'email.message',
	'ftplib',
	'functools',
	'gzip',
	'hashlib',
	'html.entities',
	'io',
	'itertools',
	'json',
	'math',
	're',
	'stat',
	'struct',
	'sys',
	'time',
	'typing',
	'unicodedata',
	'urllib.error',
	'urllib.parse',
	'urllib.request',
	'uuid',
	'xml.etree',
	'zipfile',
])

/** Modules that Glue has, or that a job of Glue is given. */
export const installedModules: ReadonlySet<string> = new Set([
	'awsglue',
	'boto3',
	'botocore',
	'openpyxl',
	'paramiko',
	'py4j',
	'pyarrow',
	'pyspark',
	'xlrd',
])

/** `used`: the words of the script; a name that is not among them is left out. */
export function importBlock(lines: Iterable<string>, used: ReadonlySet<string>): readonly string[] {
	const plain = new Set<string>()
	const named = new Map<string, Set<string>>()
	for (const line of lines) {
		const [, module, names] = /^from (\S+) import (.+)$/.exec(line) ?? []
		if (module === undefined || names === undefined) {
			if (used.has(line.replace('import ', ''))) plain.add(line)
			continue
		}
		const known = named.get(module) ?? new Set()
		for (const name of names.split(', ')) if (used.has(name.split(' as ').at(-1) ?? name)) known.add(name)
		named.set(module, known)
	}
	const froms = [...named]
		.sort(([left], [right]) => (left < right ? -1 : 1))
		.flatMap(([module, names]) => fromLines(module, [...names]))
	const isStandard = (line: string): boolean => standardModules.has(line.split(' ')[1] ?? '')
	const sections = [[...plain].sort().filter(isStandard), froms.filter(isStandard)].flat()
	const others = [
		[...plain].sort().filter((line) => !isStandard(line)),
		froms.filter((line) => !isStandard(line)),
	].flat()
	return [...sections, '', ...others]
}

/** Constants come before classes, and classes before functions. */
const rankOf = (name: string): number => (/^[A-Z][A-Z\d_]+$/.test(name) ? 0 : /^[A-Z]/.test(name) ? 1 : 2)

function fromLines(module: string, names: readonly string[]): readonly string[] {
	const simple = names
		.filter((name) => !name.includes(' as '))
		.sort((left, right) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1))
	const renamed = names.filter((name) => name.includes(' as ')).sort()
	return [
		...(simple.length === 0 ? [] : [`from ${module} import ${simple.join(', ')}`]),
		...renamed.map((name) => `from ${module} import ${name}`),
	]
}
