/** The mapping document of one job. */
import nunjucks from 'nunjucks'
import { pysparkValue } from '#languages/pyspark.ts'
import { totals } from '#model/accounting.ts'
import type { DifferenceRows } from '#model/difference-rows.ts'
import { rowsSentence, shownLines } from '#model/difference-words.ts'
import type { DifferenceId } from '#model/differences.ts'
import { differences } from '#model/differences.ts'
import type { Job } from '#model/job.ts'
import type { DataFlow } from '#model/operators.ts'
import type { Target } from '#model/places.ts'
import { isInside } from '#model/places.ts'
import { redact } from '#model/redact.ts'
import { typeName } from '#model/types.ts'
import { elementNoun } from '../element-noun.ts'
import { describe } from '../glue/describe.ts'
import type { GenerateOptions } from '../glue/options.ts'
import type { JobPlan } from '../glue/plan/job-plan.ts'
import { makeScriptContext } from '../glue/script-context.ts'
import { markdownBlock, markdownCode, markdownParagraphs, markdownProse, markdownText } from '../text/markdown.ts'
import { mermaid } from './mermaid.ts'
import { rowRules } from './row-rules.ts'
import { sourceToTarget } from './source-to-target.ts'
import { statementsOf } from './statements.ts'
import { taskRows } from './tasks.ts'
import { documentTemplate } from './template.ts'

const environment = new nunjucks.Environment(null, {
	autoescape: false,
	throwOnUndefined: true,
	trimBlocks: true,
	lstripBlocks: true,
})
/** What a template was given, as text; nothing for what is absent. */
function shown(value: unknown): string {
	if (value === undefined || value === null) return ''
	return typeof value === 'string' ? value : JSON.stringify(value)
}
environment.addFilter('text', (value: unknown) => markdownText(redact(shown(value))))
environment.addFilter('prose', (value: unknown) => markdownProse(redact(shown(value))))
environment.addFilter('code', (value: unknown) => markdownCode(redact(shown(value))))
environment.addFilter('block', (value: unknown, language: string) => markdownBlock(redact(shown(value)), language))

const kinds = {
	parallel: 'DataStage parallel job',
	server: 'DataStage server job',
	sequence: 'DataStage sequence',
	container: 'DataStage shared container',
	package: 'SSIS package',
} as const

/** Markdown of the document. It depends on the job and the options alone, never on a run. */
export function jobDocument(plan: JobPlan, unit: string, options: GenerateOptions): string {
	const { job, name } = plan
	const { total, exact, declared, opaque, dropped } = totals(job.accounting)
	const text = environment.renderString(documentTemplate, {
		title: job.name,
		overview: overview(plan),
		source: job.provenance.file,
		kind: `${kinds[job.kind]}, ${job.toolVersion}`,
		script: `glue_jobs/${name}.py`,
		awsName: `<prefix>-${unit}-${name}`,
		elements: `${total}: ${exact} exact, ${declared} with a declared difference, ${opaque} to be written by hand, ${dropped} dropped by design`,
		opaque: job.accounting
			.filter(({ outcome }) => outcome === 'opaque')
			.map((item) => ({ ...item, reason: item.reason ?? '' })),
		flows: job.flows.map((flow) => flowData(flow, plan)),
		tasks: taskRows(job.control, plan),
		parameters: plan.arguments.map((argument) => ({
			name: argument.name,
			default: argument.default ?? 'required',
			description: argument.description,
		})),
		required: plan.arguments.filter((argument) => argument.default === null).map((argument) => argument.name),
		statements: statementsOf(job),
		differences: differencesOf(job, options.differenceRows.get(job.id)),
		checks: checks(plan),
		start: `aws glue start-job-run --job-name <prefix>-${unit}-${name}`,
		repeat: repeat(plan),
		noun: elementNoun(job),
		logGroup: `/aws-glue/<prefix>-${unit}-${name}/output`,
		tests: options.outputs.unit_tests ? `pytest ${unit}/tests/test_${name}.py` : 'not generated',
	})
	return `${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`
}

function differencesOf(job: Job, rows: readonly DifferenceRows[] = []) {
	return job.differences.map((one, index) => {
		const shown = rows[index]
		return {
			...one,
			check: differences[one.id as DifferenceId]?.check ?? '',
			sentence: shown === undefined ? '' : rowsSentence(shown),
			lines: shown === undefined ? [] : shownLines(shown),
		}
	})
}

function overview({ job }: JobPlan): string {
	const description = redact(job.description).trim()
	return description === ''
		? `Migrated from the ${kinds[job.kind]} ${markdownText(job.name)}.`
		: markdownParagraphs(description)
}

function flowData(flow: DataFlow, plan: JobPlan) {
	const { columns: scope } = makeScriptContext(plan)
	const moved = new Map<string, number>()
	const columns = flow.operators.flatMap((operator) => {
		if (operator.kind !== 'project') return []
		const derived = operator.columns.filter(({ value }) => value.expression.kind !== 'column')
		const plain = operator.columns.length - derived.length
		if (plain > 0) moved.set(operator.name, (moved.get(operator.name) ?? 0) + plain)
		return derived.map((column) => ({
			stage: operator.name,
			name: column.name,
			type: typeName(column.type) + (column.nullable ? '' : ' not null'),
			original: column.value.text,
			converted: pysparkValue(column.value.expression, scope).code,
		}))
	})
	const moves = [...moved].map(([stage, count]) => `${stage} (${count})`).join(', ')
	const steps = stepRows(flow)
	return {
		title: plan.job.flows.length === 1 ? 'Lineage' : `Data flow ${flow.name}`,
		pictures: mermaid(flow),
		steps,
		rules: rowRules(flow, scope),
		columns,
		moves,
		mapping: sourceToTarget(flow, scope),
	}
}

/** One row for each element: its operators in order, those that only name or convert columns left out beside others. */
function stepRows({ operators }: DataFlow) {
	return [...new Set(operators.map(({ element }) => element))].map((element) => {
		const own = operators.filter((operator) => operator.element === element)
		const telling = own.filter(({ kind }) => kind !== 'project')
		const shown = telling.length === 0 ? own : telling
		const kinds = shown.map((operator) => (operator.kind === 'opaque' ? operator.sourceType : operator.kind))
		const whats = shown.map((operator) => describe(operator).slice(operator.name.length).replace(/^: /, ''))
		return {
			name: own[0]?.name ?? element,
			kind: [...new Set(kinds)].join(', '),
			what: [...new Set(whats)].filter((what) => what !== '').join('; '),
		}
	})
}

interface Check {
	/** What a person does about it. */
	readonly remedy: string
	readonly findings: readonly string[]
}

/** What was found, by what is to be done about it; the same finding stands once. */
function checks({ job, diagnostics }: JobPlan): readonly Check[] {
	const all = [...job.diagnostics.filter(({ severity }) => severity !== 'info'), ...diagnostics]
	const byRemedy = Map.groupBy(all, ({ remedy }) => remedy)
	return [...byRemedy].map(([remedy, found]) => ({
		remedy,
		findings: [...new Set(found.map(({ what }) => what))],
	}))
}

function repeat({ places }: JobPlan): string {
	const adds = places.some(({ operator }) => operator.kind === 'write' && addsRows(operator.target))
	return adds
		? 'not without care: it adds rows to what is there, as the old job did.'
		: 'yes, it replaces what it wrote before.'
}

/** Does a second run leave more rows than one? */
function addsRows(target: Target): boolean {
	if (target.kind === 'text-file') return target.mode !== 'overwrite'
	if (target.kind === 'data-set') return target.mode === 'append' || target.mode === 'create'
	if (target.kind === 'none' || isInside(target)) return false
	if (target.kind === 'command' || target.kind === 'workbook') return true
	if (target.kind === 'row-files') return target.existing === 'append'
	return target.mode === 'insert' && (target.action === undefined || target.action === 'create')
}
