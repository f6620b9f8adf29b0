/** Names in generated files, made from names in exports, which may hold anything. */
import { createHash } from 'node:crypto'
import { helperNames } from '#languages/helpers.ts'

const reserved: ReadonlySet<string> = new Set(
	(
		'false none true and as assert async await break class continue def del elif else except finally for from global if import in is ' +
		'lambda nonlocal not or pass raise return try while with yield match case type ' +
		// Names that every script has, and built-ins that scripts call.
		'f sys os spark params frame frames inputs outputs main run transform variables window lines header settings defaults column ' +
		'dataframe sparksession dict str int float bool list set tuple len range print min max sum any all sorted zip map filter ' +
		'object id next iter open repr hash format input vars dir bytes names argv start end name value values row rows error ' +
		'outcome observation date datetime json boto3 sql jdbc record ' +
		// Looks like a one (ruff: E741).
		'l'
	).split(' '),
)

/** Splits a name into lower-case words: at anything but letters and digits, and where a capital starts a word. */
function words(name: string): readonly string[] {
	return name
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
		.replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^a-z\d]+/)
		.filter((word) => word !== '')
}

/** A slug: lower-case ASCII letters, digits and `_`, at most 60 characters, never empty. It depends on the name alone. */
export function slug(name: string): string {
	const plain = words(name).join('_')
	if (plain === '') return `unnamed_${digest(name)}`
	return plain.length <= 60 ? plain : `${plain.slice(0, 51).replace(/_$/, '')}_${digest(name)}`
}

/** Eight hexadecimal digits that stand for a text. */
function digest(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 8)
}

/** A Python identifier for a name: a slug that starts with a letter and is no word of the language or of the script. */
export function identifier(name: string): string {
	const plain = slug(name)
	const started = /^\d/.test(plain) ? `n${plain}` : plain
	return reserved.has(started) || helperNames.has(started) ? `${started}_` : started
}

/** Hands out names that are unique within one scope: the second `orders` is `orders_2`. */
export class Names {
	readonly #taken: Set<string>

	constructor(taken: Iterable<string> = []) {
		this.#taken = new Set(taken)
	}

	/** The wanted name, or that name with a number. */
	take(wanted: string): string {
		let name = wanted
		for (let count = 2; this.#taken.has(name); count += 1) name = `${wanted}_${count}`
		this.#taken.add(name)
		return name
	}
}

/**
 * Slugs of a unit's jobs by job id. Jobs whose names have the same slug all carry a digest of their id, so that
 * no name depends on the order of the jobs.
 */
export function jobSlugs(jobs: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
	const count = new Map<string, number>()
	for (const job of jobs) count.set(slug(job.name), (count.get(slug(job.name)) ?? 0) + 1)
	return new Map(
		jobs.map((job) => {
			const plain = slug(job.name)
			return [job.id, (count.get(plain) ?? 0) > 1 ? `${plain}_${digest(job.id)}` : plain]
		}),
	)
}
