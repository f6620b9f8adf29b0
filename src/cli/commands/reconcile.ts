import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DataFormat } from '#evidence/reconcile/data-set.ts'
import { mostBytes, readDataSet } from '#evidence/reconcile/data-set.ts'
import { reconcileOnSpark } from '#evidence/reconcile/on-spark.ts'
import { reconcileJson, reconcileMarkdown } from '#evidence/reconcile/print.ts'
import { reconcileHtml } from '#evidence/reconcile/print-html.ts'
import type { ReconcileOptions as ComparisonRules, ReconcileReport } from '#evidence/reconcile/reconcile.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'
import type { Side } from '#evidence/reconcile/side.ts'
import { sideAt, withoutSecrets } from '#evidence/reconcile/side.ts'
import { keepRecord } from '#pipeline/reconciled.ts'
import type { GeneratedJob } from '#pipeline/run/select-job.ts'
import { generatedJobs, selectJob } from '#pipeline/run/select-job.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { configFor } from '../config-file.ts'
import { cacheFolder, localEngine } from '../local-engine.ts'
import { withLocalCopies } from '../s3-copies.ts'

interface ReconcileOptions {
	readonly expected: string
	readonly actual: string
	readonly keys?: string
	readonly ignore?: string
	readonly delimiter?: string
	readonly quote?: string
	readonly header: boolean
	readonly encoding?: string
	readonly tolerance?: string
	readonly trim?: true
	readonly exact?: true
	readonly widths?: string
	readonly columns?: string
	readonly padding?: true
	readonly allow?: string
	readonly on?: string
	readonly json?: string
	readonly markdown?: string
	readonly html?: string
	readonly job?: string
	readonly target?: string
	readonly in?: string
}

/** `reglue reconcile --expected A --actual B`: are two data sets the same? */
export const reconcileCommand: CliCommand = {
	name: 'reconcile',
	register(program, run) {
		program
			.command('reconcile')
			.description('compare what the legacy job wrote with what the new one wrote')
			.requiredOption(
				'--expected <place>',
				'what the legacy job wrote: file, folder, s3://BUCKET/PREFIX, or jdbc:URL#TABLE (user and password in REGLUE_JDBC_USER and REGLUE_JDBC_PASSWORD)',
			)
			.requiredOption('--actual <place>', 'what the new job wrote, as a place of the same kinds')
			.option(
				'--keys <columns>',
				'columns that identify a row, separated by commas; without them rows are compared as bags',
			)
			.option('--ignore <columns>', 'columns, by name or position from 1, that are not compared')
			.option('--delimiter <text>', 'field delimiter; \\t for a tab; jsonl for JSON lines (default: found out)')
			.option('--quote <character>', 'quote character; empty: quotes are data (default: ")')
			.option(
				'--widths <numbers>',
				'characters of each column, separated by commas: the files have fields of fixed width',
			)
			.option('--columns <names>', 'names of the columns of fixed width')
			.option('--no-header', 'the files have no header line')
			.option('--encoding <name>', 'encoding of the files (default: utf-8)')
			.option('--tolerance <number>', 'largest difference of two numbers that count as equal (default: 0)')
			.option('--trim', 'leave out blanks at both ends of a value')
			.option('--padding', 'leave out blanks at the end of a value')
			.option('--exact', 'texts of numbers and moments must agree to the character')
			.option(
				'--allow <rows>',
				'differing rows that are accepted, as a number or a share such as 0.1%; they are reported all the same (default: 0)',
			)
			.option(
				'--on <engine>',
				'memory or spark (default: memory; Spark for tables, Parquet and files of more than 512 MB)',
			)
			.option('--json <file>', 'write the comparison as JSON')
			.option('--markdown <file>', 'write the comparison as Markdown')
			.option('--html <file>', 'write the comparison as a page')
			.option(
				'--job <name>',
				'the job that wrote --actual: the outcome is kept beside it as evidence E5; needs --target',
			)
			.option('--target <name>', 'which of its targets: the stage or component, or the old path or table')
			.option('--in <dir>', 'folder that `reglue migrate` wrote (default: `output` of the config)')
			.action((options: ReconcileOptions) => run((context) => execute(options, context)))
	},
}

async function execute(options: ReconcileOptions, context: CommandContext): Promise<ExitCode> {
	const job = options.job === undefined ? undefined : jobOf(options.job, options)
	const format = formatOf(options)
	const rules: ComparisonRules = {
		...list('keys', options.keys),
		...list('ignore', options.ignore),
		...(options.tolerance === undefined ? {} : { tolerance: numberOf(options.tolerance) }),
		trim: options.trim === true,
		padding: options.padding === true,
		exact: options.exact === true,
	}
	const report = await withLocalCopies([options.expected, options.actual], context.signal, ([expected, actual]) =>
		compare(expected ?? '', actual ?? '', format, rules, options.on, context),
	)
	const share = shareOf(options.allow ?? '0')
	const differing = report.missing + report.extra + report.changed
	const allowed = share.percent ? (share.value / 100) * Math.max(report.rows.expected, 1) : share.value
	const isAccepted = report.missing_columns.length + report.extra_columns.length === 0 && differing <= allowed
	const markdown = reconcileMarkdown(report)
	if (options.json !== undefined) writeFileSync(options.json, reconcileJson(report, { accepted: isAccepted }))
	if (options.markdown !== undefined) writeFileSync(options.markdown, markdown)
	const title = `${withoutSecrets(options.expected)} and ${withoutSecrets(options.actual)}`
	if (options.html !== undefined) writeFileSync(options.html, reconcileHtml(report, title))
	context.terminal.result(markdown.trimEnd())
	if (job !== undefined) keep(job, options, report, context)
	if (!report.equal && isAccepted)
		context.terminal.result(`${differing} differing rows are within --allow ${options.allow ?? ''}`)
	return isAccepted ? 0 : 1
}

/** Before anything is compared: a name that is wrong must not cost a long comparison. */
function jobOf(name: string, options: ReconcileOptions): GeneratedJob {
	if (options.target === undefined) throw new UsageError('--job needs --target')
	const selection = selectJob(generatedJobs(options.in ?? configFor('.').config?.output ?? 'generated'), name)
	if ('problem' in selection) throw new UsageError(`${selection.problem}; there is ${selection.candidates.join(', ')}`)
	return selection.job
}

/** An allowance is no part of the record: evidence is about equal rows. */
function keep(job: GeneratedJob, options: ReconcileOptions, report: ReconcileReport, context: CommandContext): void {
	const { target = '', keys, ignore, tolerance, trim, padding } = options
	const rules = Object.entries({ keys, ignore, tolerance, trim, padding }).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)] as const],
	)
	const kept = keepRecord(job, target, report, Object.fromEntries(rules))
	if ('problem' in kept) throw new UsageError(kept.problem)
	context.terminal.note(`Kept as evidence: ${kept.file}`)
}

/** In memory where both sides are files that fit, on Spark otherwise. */
async function compare(
	expected: string,
	actual: string,
	format: DataFormat,
	rules: ComparisonRules,
	on: string | undefined,
	context: CommandContext,
): Promise<ReconcileReport> {
	if (on !== undefined && on !== 'memory' && on !== 'spark') throw new UsageError(`--on ${on}: there is memory, spark`)
	const sides = [expected, actual].map(sideOf)
	const [left, right] = sides
	if (left === undefined || right === undefined) throw new Error('a comparison has two sides')
	const isSmall = sides.every((side) => side.kind === 'files' && side.bytes <= mostBytes)
	if (on === 'memory' && sides.some(({ kind }) => kind !== 'files'))
		throw new UsageError('--on memory: tables and Parquet are read by Spark')
	if (on !== 'spark' && (isSmall || on === 'memory'))
		return reconcile(await readDataSet(expected, format), await readDataSet(actual, format), rules)
	const engine = localEngine(context)
	const { REGLUE_JDBC_USER: user, REGLUE_JDBC_PASSWORD: password } = process.env
	const credentials = { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) }
	const folder = path.resolve(cacheFolder, 'work')
	try {
		const work = { expected: left, actual: right, format, options: rules, credentials, folder }
		return await reconcileOnSpark(work, engine, context.signal)
	} finally {
		await engine.close()
	}
}

function sideOf(place: string): Side {
	try {
		return sideAt(place)
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error))
	}
}

function formatOf(options: ReconcileOptions): DataFormat {
	const { delimiter, quote, header, encoding, widths, columns } = options
	const numbers = widths?.split(',').map(Number)
	if (numbers?.some((width) => !Number.isInteger(width) || width < 1) === true)
		throw new UsageError(`--widths ${widths ?? ''}: give whole numbers of 1 or more`)
	const names = columns?.split(',').map((name) => name.trim())
	if (names !== undefined && names.length !== numbers?.length)
		throw new UsageError('--columns: give a name for each of the --widths')
	return {
		header,
		...(delimiter === undefined ? {} : { delimiter: delimiter.replaceAll('\\t', '\t') }),
		...(quote === undefined ? {} : { quote }),
		...(encoding === undefined ? {} : { encoding }),
		...(numbers === undefined ? {} : { widths: numbers }),
		...(names === undefined ? {} : { names }),
	}
}

function shareOf(text: string): { readonly value: number; readonly percent: boolean } {
	const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text)
	if (match === null) throw new UsageError(`--allow ${text}: give a number of rows, or a share such as 0.1%`)
	return { value: Number(match[1]), percent: match[2] === '%' }
}

function list(name: 'keys' | 'ignore', text: string | undefined): { readonly [key: string]: readonly string[] } {
	return text === undefined ? {} : { [name]: text.split(',').map((part) => part.trim()) }
}

function numberOf(text: string): number {
	const value = Number(text)
	if (Number.isNaN(value) || value < 0) throw new UsageError(`--tolerance ${text}: give a number of 0 or more`)
	return value
}
