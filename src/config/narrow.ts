/**
 * Settings of a repository where its operator's machine does the work: a repository may only narrow what the operator
 * allows. Whatever would run commands there, or send keys or money elsewhere, is no setting of a repository's.
 */
import { isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Config } from './schema.ts'

/** What the operator allows at most. */
export interface Bounds {
	readonly openPullRequests: number
	readonly commentsPerHour: number
	readonly engine: Config['engine']['check']
}

/** The settings that hold: the repository's, where they are narrower. */
export function narrowed(config: Config, bounds: Bounds): Config {
	const { limits, engine } = config
	return {
		...config,
		limits: {
			open_pull_requests: Math.min(limits.open_pull_requests, bounds.openPullRequests),
			comments_per_hour: Math.min(limits.comments_per_hour, bounds.commentsPerHour),
		},
		engine: { ...engine, check: bounds.engine === 'none' ? 'none' : engine.check },
	}
}

const forbidden: ReadonlyMap<string, string> = new Map([
	['hooks', 'It would run commands on the operator’s machine.'],
	['base_url', 'It would send keys of the operator’s to another place.'],
	['role_arn', 'It would make the operator’s machine act as somebody else.'],
])

/** What a config file says that no repository may say to a machine of somebody else's. */
export function foreignSettings(text: string, file: string): readonly Diagnostic[] {
	const lines = new LineCounter()
	const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
	const found: Diagnostic[] = []
	const report = (offset: number | undefined, path: string, why: string): void => {
		const line = Math.max(1, lines.linePos(offset ?? 0).line)
		const what = `\`${path}\` is no setting of a repository’s.`
		found.push(diagnose('config/not-here', { file, path, lines: { start: line, end: line } }, { what, why }))
	}
	visit(document, {
		Pair: (_key, { key }, ancestors) => {
			const why = isScalar(key) ? forbidden.get(String(key.value)) : undefined
			if (isScalar(key) && why !== undefined) report(key.range?.[0], pathOf([...ancestors, { key }]), why)
		},
		Scalar: (_key, { value, range }, ancestors) => {
			if (typeof value !== 'string' || !value.includes('${')) return
			report(
				range?.[0],
				pathOf(ancestors) || 'the file',
				'A `$` with braces would read variables of the operator’s machine.',
			)
		},
	})
	return found
}

/** The names of the keys that lead to a node. */
function pathOf(ancestors: readonly unknown[]): string {
	return ancestors
		.map((node) => (isPair(node) || isKeyed(node) ? node.key : undefined))
		.flatMap((key) => (isScalar(key) ? [String(key.value)] : []))
		.join('.')
}

const isKeyed = (node: unknown): node is { readonly key: unknown } =>
	typeof node === 'object' && node !== null && Object.keys(node).length === 1 && 'key' in node
