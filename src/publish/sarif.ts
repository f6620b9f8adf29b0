/**
 * Findings as SARIF 2.1.0, for whatever shows results of static analysis.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * GitHub's code scanning asks for more than the schema does: both descriptions and the help of each rule.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import { createHash } from 'node:crypto'
import { ruleText } from './finding-rules.ts'
import type { Finding, Place } from './findings.ts'

const levels = { failure: 'error', warning: 'warning', notice: 'note' } as const

export interface SarifOptions {
	/** Of Reglue. */
	readonly version: string
	/** All that were looked at, those without a finding too. */
	readonly units: readonly string[]
	/**
	 * Where the reader has the file: `generated` lines, or those of the `source` for a commit that holds exports only. The
	 * other place is a related one. What nothing was generated for is found in the export in any case.
	 */
	readonly at: 'generated' | 'source'
}

/**
 * One run for each unit, named after it: code scanning closes what a new run of the same name does not tell any more, and
 * hardly ever is everything looked at anew.
 */
export function sarifOf(findings: readonly Finding[], { version, units, at }: SarifOptions): string {
	const ofNone = findings.filter(({ unit }) => unit === undefined)
	const runs = [...new Set(units)].sort().map((unit) =>
		runText(
			findings.filter((finding) => finding.unit === unit),
			{ automationDetails: { id: `reglue/${unit}/` }, version, at },
		),
	)
	const rest = ofNone.length > 0 || runs.length === 0 ? [runText(ofNone, { version, at })] : []
	return `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[\n${[...runs, ...rest].join(',\n')}\n]}\n`
}

/** A line for each result: short enough for the text of a check, and no heap of brackets to scroll through. */
function runText(
	findings: readonly Finding[],
	{ version, at, ...name }: Omit<SarifOptions, 'units'> & { readonly automationDetails?: { readonly id: string } },
): string {
	const prints = fingerprints()
	const rules = [...new Set(findings.map(({ rule }) => rule))].sort()
	const driver = { name: 'Reglue', semanticVersion: version, rules: rules.map(ruleOf) }
	const results = findings.map((finding) => {
		const { rule } = finding
		const found = { ruleId: rule, ruleIndex: rules.indexOf(rule), ...resultOf(finding, at) }
		return JSON.stringify({ ...found, partialFingerprints: prints(finding) })
	})
	const head = JSON.stringify({ tool: { driver }, ...name, columnKind: 'utf16CodeUnits' }).slice(0, -1)
	return `${head},"results":[${results.map((result) => `\n${result}`).join(',')}]}`
}

function ruleOf(id: string) {
	const { title, help } = ruleText(id)
	return { id, shortDescription: { text: title }, fullDescription: { text: help }, help: { text: help } }
}

function resultOf({ level, message, title, generated, source }: Finding, at: SarifOptions['at']) {
	const places =
		generated === undefined
			? []
			: [
					{ place: generated, text: 'what was generated for it' },
					{ place: source, text: 'where the source job has it' },
				]
	const [first, second] = at === 'generated' ? places : places.toReversed()
	return {
		level: levels[level],
		message: { text: `${title}. ${message}` },
		locations: [{ physicalLocation: locationOf(first?.place ?? source) }],
		...(second === undefined
			? {}
			: { relatedLocations: [{ id: 1, physicalLocation: locationOf(second.place), message: { text: second.text } }] }),
	}
}

/**
 * The same finding keeps its print when lines move. GitHub looks at this one key alone, and takes a finding with a new
 * print for a new one.
 */
function fingerprints(): (finding: Finding) => { readonly primaryLocationLineHash: string } {
	const seen = new Map<string, number>()
	return ({ rule, title, element = '', source }) => {
		const digest = createHash('sha256')
			.update([rule, title, element, source.file].join('\n'))
			.digest('hex')
			.slice(0, 32)
		const count = (seen.get(digest) ?? 0) + 1
		seen.set(digest, count)
		return { primaryLocationLineHash: `${digest}:${count}` }
	}
}

const locationOf = ({ file, lines }: Place) => ({
	artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
	region: { startLine: lines[0], endLine: Math.max(lines[0], lines[1]) },
})
