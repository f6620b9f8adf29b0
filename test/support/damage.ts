/** Exports damaged in small ways, as bad transfers, merges, editors and attackers damage them. */
import type { Random } from '#synthesis/random.ts'

/** Texts that mean something in one of the languages that Reglue prints, or to one of the formats that it reads. */
const strangeTexts = [
	'',
	' ',
	'-1',
	'0',
	'99999999999999999999',
	'1e308',
	'NaN',
	'None',
	'"""',
	"'",
	'\\',
	'`',
	'|',
	'$' + '{x}',
	'%{x}',
	'{{ x }}',
	'../../etc/passwd',
	'a\u2028b',
	'a\u0000b',
	'\uFEFF',
	'\u202E',
	'</DTS:Executable>',
	'BEGIN DSRECORD',
	'#P#',
	'@[User::X]',
	'constructor',
	'__proto__',
	'x'.repeat(5000),
] as const

type Damage = (text: string, random: Random) => string

const lines = (text: string): string[] => text.split('\n')

const kinds = {
	'a line is gone': (text, random) => {
		const all = lines(text)
		all.splice(random.int(all.length), 1)
		return all.join('\n')
	},
	'a line stands twice': (text, random) => {
		const all = lines(text)
		const at = random.int(all.length)
		all.splice(at, 0, all[at] ?? '')
		return all.join('\n')
	},
	'two lines have changed places': (text, random) => {
		const all = lines(text)
		const [a, b] = [random.int(all.length), random.int(all.length)]
		const first = all[a] ?? ''
		all[a] = all[b] ?? ''
		all[b] = first
		return all.join('\n')
	},
	'some lines are gone': (text, random) => {
		const all = lines(text)
		all.splice(random.int(all.length), 1 + random.int(20))
		return all.join('\n')
	},
	'the end is missing': (text, random) => text.slice(0, random.int(text.length)),
	'a quoted text is another': (text, random) => replaceOne(text, /"[^"\n]*"/g, random, (old) => quoted(old, random)),
	'a number is another': (text, random) =>
		replaceOne(
			text,
			/\b\d+\b/g,
			random,
			() => random.pick(['0', '-1', '7', '65536', '99999999999999999999', '']) ?? '',
		),
	'a word is gone': (text, random) => replaceOne(text, /\b[A-Za-z_]\w{2,}\b/g, random, () => ''),
	'a word is another one': (text, random) =>
		replaceOne(
			text,
			/\b[A-Za-z_]\w{2,}\b/g,
			random,
			(old) => random.pick(text.match(/\b[A-Za-z_]\w{2,}\b/g) ?? []) ?? old,
		),
	'a sign is another': (text, random) => {
		const at = random.int(text.length)
		return text.slice(0, at) + (random.pick(strangeTexts) ?? '') + text.slice(at + 1)
	},
} as const satisfies Record<string, Damage>

export type DamageKind = keyof typeof kinds
export const damageKinds = Object.keys(kinds) as readonly DamageKind[]

export const damage = (kind: DamageKind, text: string, random: Random): string => kinds[kind](text, random)

function quoted(old: string, random: Random): string {
	const text = random.pick(strangeTexts) ?? old
	return `"${text.replaceAll('"', '&quot;')}"`
}

/** One of the places that the pattern finds, each with the same chance. */
function replaceOne(text: string, pattern: RegExp, random: Random, instead: (old: string) => string): string {
	const found = [...text.matchAll(pattern)]
	const one = random.pick(found)
	if (one === undefined) return text
	return text.slice(0, one.index) + instead(one[0]) + text.slice(one.index + one[0].length)
}
