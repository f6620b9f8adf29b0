/**
 * Removes secrets from text that leaves the program: logs, artifacts, comments. Importers drop secrets where they know
 * them; this is the net below, for those in texts (SQL, commands, messages).
 */

/** What stands in place of a secret in a generated file: nobody writes this by chance, so the checks of a script find it. */
export const removedSecret = '<secret-removed>'

/** A secret in a text: `kept` is in front of it, `value` what goes, a name before `sign` says that it is one. */
interface Pattern {
	readonly find: RegExp
	readonly spares?: (value: string, sign: string, before: string) => boolean
}

/** What a name ends with whose value is a secret: `Password`, `smtp_pwd`, `clientSecret`. */
const names = 'password|passwd|pwd|account_?key|shared_?access_?key|secret|access_?token|api_?key'

const patterns: readonly Pattern[] = [
	// Connection strings: Password=…; Pwd="…"; AccountKey=…, also inside of a text whose quotes are escaped.
	{
		find: new RegExp(
			String.raw`(?<kept>\b\w*(?:${names})(?<sign>\s*=\s*))(?<value>\\"(?:[^"\\]|\\[^"])*\\"|"[^"]*"|\\'(?:[^'\\]|\\[^'])*\\'|'[^']*'|\{[^}]*\}|(?:[^;\s"'&|,)\\]|\\(?!["']))+)`,
			'gi',
		),
		spares: isReference,
	},
	// JSON, also inside of a text whose quotes are escaped or doubled: "Password":"…"; and elements of XML.
	{
		find: new RegExp(
			String.raw`(?<kept>(?<quote>\\"|""|"|')\w*(?:${names})\k<quote>\s*:\s*\k<quote>)(?<value>(?:[^"'\\]|\\[^"'])+)(?=\k<quote>)`,
			'gi',
		),
		spares: isPlaceholder,
	},
	{
		find: new RegExp(String.raw`(?<kept><(?<element>\w*(?:${names}))>)(?<value>[^<]+)(?=</\k<element>>)`, 'gi'),
		spares: isPlaceholder,
	},
	// .NET: new NetworkCredential("user", "…").
	{ find: /(?<kept>\bNetworkCredential\s*\(\s*(?:@?"[^"]*"|[\w.]+)\s*,\s*)(?<value>@?"[^"]+")/g },
	// DataStage: encrypted values, old and new form.
	{ find: /\{iisenc\}[^\s"'<;]+/gi },
	{ find: /\bL[0-9A-Z]{2}@[0-9A-Za-z@<>=;:?|`]{8,}/g },
	// URLs with a password.
	{ find: /(?<kept>\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']+:)[^\s/@"']+(?=@)/gi },
	// Tokens of GitHub and AWS, bearer tokens, private keys.
	{ find: /\bgh[pousr]_[A-Za-z0-9]{20,}\b|\bgithub_pat_[A-Za-z0-9_]{20,}\b/g },
	{ find: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
	{ find: /\b(?<kept>Bearer\s+)[A-Za-z0-9._~+/-]{16,}=*/g },
	{ find: /(?<kept>\bAuthorization["']?\s*[:,=]\s*["']?Basic\s+)[A-Za-z0-9+/]{4,}=*/gi },
	{ find: /-----BEGIN (?<owner>[A-Z ]*)PRIVATE KEY-----[\s\S]*?(?:-----END \k<owner>PRIVATE KEY-----|$)/g },
]

/**
 * The text without secrets; text without any comes back as it is.
 *
 * @param mark what to put in place of each
 */
export function redact(text: string, mark = '***'): string {
	return patterns.reduce((safe, pattern) => withoutMatches(safe, pattern, mark), text)
}

function withoutMatches(text: string, { find, spares }: Pattern, mark: string): string {
	let safe = ''
	let end = 0
	for (const { 0: whole, index, groups } of text.matchAll(find)) {
		const { kept = '', sign = '', value = '' } = groups ?? {}
		if (spares?.(value, sign, text.charAt(index - 1)) === true) continue
		safe += `${text.slice(end, index)}${kept}${mark}`
		end = index + whole.length
	}
	return safe + text.slice(end)
}

/** A place for a value that comes from elsewhere, as formats and templates spell it. */
function isPlaceholder(value: string): boolean {
	return value === removedSecret || /^\s*(?:\{\w*\}|\$\{?\w+\}?|%s|\?|@\w+)?\s*$/.test(value)
}

/**
 * Statements compare and set columns of such names: `u.pwd = c.pwd`, `secret = @secret`, `SET password = s.password`.
 * Another column or a parameter is no secret. Connection strings, whose values may be any characters, neither qualify a
 * name nor have blanks around the sign.
 */
function isReference(value: string, sign: string, before: string): boolean {
	if (value === removedSecret) return true
	const qualified = before === '.'
	if (/^(?:\\?["']|\{)/.test(value)) return false
	return qualified || (/^\s+=\s+$/.test(sign) && /^(?:\?|null|[@:]\w+|(?:\[?\w+\]?\.)+\[?\w+\]?)$/i.test(value))
}
