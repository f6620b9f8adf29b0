import { longestCheckText } from '#forge/text.ts'
import type { Finding } from '#publish/findings.ts'
import { sarifOf } from '#publish/sarif.ts'

/** All findings as an artifact of the check: its text holds them as SARIF, as many of the worst as have room. */
export function findingsText(findings: readonly Finding[], version: string): { readonly text?: string } {
	if (findings.length === 0) return {}
	let count = findings.length
	let text = textOf(findings, count, version)
	while (Buffer.byteLength(text) > longestCheckText && count > 1) {
		count = Math.floor((count * longestCheckText * 0.9) / Buffer.byteLength(text))
		text = textOf(findings, Math.max(1, count), version)
	}
	return Buffer.byteLength(text) > longestCheckText ? {} : { text }
}

function textOf(findings: readonly Finding[], count: number, version: string): string {
	const shown = count === 1 ? '1 finding' : `${count} findings`
	const rest =
		count === findings.length
			? []
			: [
					`These are the worst of ${findings.length}; \`reglue migrate --sarif FILE\` and the output \`sarif\` of the Action give all.`,
				]
	const worst = findings.slice(0, count)
	const units = worst.flatMap(({ unit }) => unit ?? [])
	const sarif = sarifOf(worst, { version, units, at: 'generated' }).trimEnd()
	const fence = '`'.repeat(Math.max(3, ...[...sarif.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)))
	return [
		`<details><summary>${shown} as SARIF 2.1.0</summary>`,
		...rest,
		`${fence}json\n${sarif}\n${fence}`,
		'</details>',
	].join('\n\n')
}
