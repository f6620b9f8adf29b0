/** How the report calls things. */
import type { Category, Level } from '#evidence/report.ts'
import type { Outcome } from '#model/accounting.ts'
import { type Html, html } from './html.ts'

export const outcomes: readonly Outcome[] = ['exact', 'declared', 'dropped', 'opaque']

export const outcomeWords: Readonly<Record<Outcome, string>> = {
	exact: 'exact',
	declared: 'declared difference',
	dropped: 'dropped by design',
	opaque: 'opaque',
}

export const levels: readonly Level[] = ['E5', 'E4', 'E3', 'E2', 'E1', 'E0', 'none']

export const levelWords: Readonly<Record<Level, string>> = {
	E5: 'reconciled with the legacy engine',
	E4: 'ran on AWS Glue',
	E3: 'equal to the reference on every output',
	E2: 'runs on Spark',
	E1: 'well-formed',
	E0: 'accounted',
	none: 'nothing proven',
}

export const categories: readonly Category[] = ['AUTO', 'SEMI-AUTO', 'MANUAL']

export const categoryWords: Readonly<Record<Category, string>> = {
	AUTO: 'proven and complete',
	'SEMI-AUTO': 'a person decides something',
	MANUAL: 'a person writes something',
}

const kindWords: Readonly<Record<string, string>> = {
	parallel: 'parallel job',
	server: 'server job',
	sequence: 'job sequence',
	container: 'shared container',
	package: 'package',
}

export const kindWord = (kind: string): string => kindWords[kind] ?? kind

export const levelBadge = (level: Level): Html => html`<span class="badge level-${level}">${level}</span>`

export const categoryBadge = (category: Category, predicted: boolean): Html =>
	html`<span class="badge category-${category}">${category}${predicted ? '?' : ''}</span>`

export const outcomeBadge = (outcome: Outcome): Html =>
	html`<span class="badge outcome-${outcome}">${outcomeWords[outcome]}</span>`

/** The tool's own name of a type without what all of its names begin with: `PxJoin` → `Join`, `Microsoft.Lookup` → `Lookup`. */
export function shortType(type: string): string {
	const name = type.replace(/^(Microsoft\.|SSIS\.|STOCK:|DTS\.)/, '').replace(/^Px(?=[A-Z])/, '')
	return /^C([A-Z]\w+?)(Stage|Activity)$/.exec(name)?.[1] ?? name
}

/** An amount as a share, never rounded up to all of it. */
export function percent(part: number, whole: number): string {
	if (whole === 0) return '–'
	const share = Math.round((100 * part) / whole)
	return `${part < whole ? Math.min(share, 99) : share} %`
}
