/**
 * Removes secrets from text that leaves the program: logs, artifacts, comments. Importers drop secrets where they know
 * them; this is the net below, for those in texts (SQL, commands, messages).
 */

/** What stands in place of a secret. */
const redacted = '***'

interface Pattern {
	readonly find: RegExp
	readonly put: string
}

const patterns: readonly Pattern[] = [
	// Connection strings: Password=…; Pwd="…"; AccountKey=…
	{
		find: /\b(password|pwd|passwd|account_?key|shared_?access_?key|secret|client_?secret|access_?token|api_?key)(\s*=\s*)("[^"]*"|'[^']*'|\{[^}]*\}|[^;\s"'&|,)]+)/gi,
		put: `$1$2${redacted}`,
	},
	// DataStage: encrypted values, old and new form.
	{ find: /\{iisenc\}[^\s"'<;]+/gi, put: redacted },
	{ find: /\bL[0-9A-Z]{2}@[0-9A-Za-z@<>=;:?|`]{8,}/g, put: redacted },
	// URLs with a password.
	{ find: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']+:)[^\s/@"']+@/gi, put: `$1${redacted}@` },
	// Tokens of GitHub and AWS, bearer tokens, private keys.
	{ find: /\bgh[pousr]_[A-Za-z0-9]{20,}\b|\bgithub_pat_[A-Za-z0-9_]{20,}\b/g, put: redacted },
	{ find: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, put: redacted },
	{ find: /\b(Bearer\s+)[A-Za-z0-9._~+/-]{16,}=*/g, put: `$1${redacted}` },
	{ find: /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]*?(?:-----END \1PRIVATE KEY-----|$)/g, put: redacted },
]

/** The text without secrets; text without any comes back as it is. */
export function redact(text: string): string {
	return patterns.reduce((safe, { find, put }) => safe.replace(find, put), text)
}
