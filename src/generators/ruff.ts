/** ruff, compiled to WebAssembly: formats every Python file and finds what is wrong in it before it leaves. */
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs'

export interface ScriptProblem {
	/** `F821`, or `invalid-syntax`. */
	readonly code: string
	readonly message: string
	readonly line: number
}

export interface CheckedScript {
	readonly formatted: string
	readonly problems: readonly ScriptProblem[]
}

/**
 * Errors, undefined and unused names, import order, likely bugs, outdated syntax. Line length is the formatter's business:
 * it cannot break a long text, and a text from an export is kept as it is.
 */
const rules = ['E', 'F', 'W', 'I', 'B', 'UP', 'C4', 'PIE']
const settings = {
	'line-length': 100,
	'target-version': 'py311',
	lint: { select: rules, ignore: ['E501'] },
}

let workspace: Workspace | undefined

/** Formats a Python text and lists the problems of the formatted form. Bad syntax is a problem, not an exception. */
export function checkScript(text: string): CheckedScript {
	workspace ??= new Workspace(settings, PositionEncoding.Utf16)
	const formatted = format(workspace, text)
	const found = workspace.check(formatted) as readonly RuffDiagnostic[]
	return {
		formatted,
		problems: found.map(({ code, message, start_location }) => ({
			code: code ?? 'invalid-syntax',
			message,
			line: start_location.row,
		})),
	}
}

interface RuffDiagnostic {
	readonly code: string | null
	readonly message: string
	readonly start_location: { readonly row: number }
}

function format(formatter: Workspace, text: string): string {
	try {
		return formatter.format(text)
	} catch {
		// It does not parse; `check` says where.
		return text
	}
}
