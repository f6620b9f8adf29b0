import { readFileSync, writeFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { caseLanguages } from '#pipeline/expr/languages.ts'
import type { Case, CaseInput, CaseLanguage } from '#pipeline/expr/prepared-case.ts'
import type { CaseResult, Side } from '#pipeline/expr/run-cases.ts'
import { emitPyspark, runCases } from '#pipeline/expr/run-cases.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { visible } from '../diagnostic-text.ts'
import { localEngine } from '../local-engine.ts'

interface ExprOptions {
	readonly dialect: string
	readonly expression?: string
	readonly inputs: string
	readonly cases?: string
	readonly on: string
	readonly emit: string
	readonly json?: string
}

/** `reglue expr`: one expression, or a table of cases, on the reference, on Spark, or both. */
export const exprCommand: CliCommand = {
	name: 'expr',
	register(program, run) {
		program
			.command('expr')
			.description('evaluate one expression, or a table of cases')
			.requiredOption('--dialect <dialect>', 'ssis, datastage-parallel or datastage-basic')
			.option('--expression <text>', 'the expression')
			.option('--inputs <json>', 'name → {"type": …, "value": …}', '{}')
			.option('--cases <file>', 'tab-separated table with the columns id, expression, inputs, expected, result_type')
			.option('--on <side>', 'reference, spark or both', 'reference')
			.option('--emit <what>', 'value, or pyspark for the Column text', 'value')
			.option('--json <file>', 'write the results as JSON')
			.action((options: ExprOptions) => run((context) => execute(options, context)))
	},
}

async function execute(options: ExprOptions, context: CommandContext): Promise<ExitCode> {
	const cases = options.cases === undefined ? [singleCase(options)] : tableCases(options.cases)
	const language = caseLanguages[options.dialect as keyof typeof caseLanguages] as CaseLanguage | undefined
	if (language === undefined) {
		if (options.dialect === 'datastage-basic') return unsupported(cases, options, context)
		throw new UsageError(
			`--dialect ${options.dialect}: there is ${Object.keys(caseLanguages).join(', ')}, datastage-basic`,
		)
	}
	if (options.emit === 'pyspark') return emit(cases, language, context)
	const engine = localEngine(context)
	try {
		const results = await runCases(cases, language, sidesOf(options.on), engine, context.signal)
		return report(results, options, context)
	} finally {
		await engine.close()
	}
}

function sidesOf(on: string): readonly Side[] {
	if (on === 'both') return ['reference', 'spark']
	if (on === 'reference' || on === 'spark') return [on]
	throw new UsageError(`--on ${on}: there is reference, spark, both`)
}

function singleCase(options: ExprOptions): Case {
	if (options.expression === undefined) throw new UsageError('give --expression or --cases')
	return {
		id: 'expression',
		expression: options.expression,
		inputs: JSON.parse(options.inputs) as Record<string, CaseInput>,
	}
}

function tableCases(file: string): readonly Case[] {
	const rows = parseCsv(readFileSync(file, 'utf8'), {
		columns: true,
		delimiter: '\t',
		quote: false,
		bom: true,
		relax_column_count: true,
	}) as readonly Readonly<Record<string, string>>[]
	return rows.map((row) => ({
		id: row['id'] ?? '',
		expression: row['expression'] ?? '',
		inputs: JSON.parse(row['inputs'] || '{}') as Record<string, CaseInput>,
		expected: row['expected'] ?? '',
		resultType: row['result_type'] ?? '',
	}))
}

/** The server language has no evaluator yet; every case says so instead of being left out. */
function unsupported(cases: readonly Case[], options: ExprOptions, context: CommandContext): ExitCode {
	context.terminal.note(
		'datastage-basic: server expressions are read with server jobs, which this version does not translate',
	)
	const results = cases.flatMap((given) =>
		sidesOf(options.on).map(
			(on): CaseResult => ({ id: given.id, on, status: 'unsupported', expected: given.expected ?? null, actual: null }),
		),
	)
	return report(results, options, context)
}

function emit(cases: readonly Case[], language: CaseLanguage, { terminal }: CommandContext): ExitCode {
	let failed = false
	for (const given of cases) {
		const prepared = language.prepare(given)
		const text = emitPyspark(prepared)
		failed ||= text === undefined
		terminal.result(text ?? `${given.id}: ${visible(prepared.problem?.message ?? 'not understood')}`)
	}
	return failed ? 1 : 0
}

function report(results: readonly CaseResult[], options: ExprOptions, { terminal }: CommandContext): ExitCode {
	if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, undefined, 1)}\n`)
	if (options.cases === undefined) {
		for (const { on, actual } of results) terminal.result(`${on}: ${JSON.stringify(actual)}`)
		return results.some(({ actual }) => typeof actual === 'object' && actual !== null && 'error' in actual) ? 1 : 0
	}
	for (const side of ['reference', 'spark'] as const) {
		const own = results.filter(({ on }) => on === side)
		if (own.length === 0) continue
		const count = (status: CaseResult['status']) => own.filter((result) => result.status === status).length
		terminal.result(
			`${side}: ${count('pass')} pass, ${count('fail')} fail, ${count('unsupported')} unsupported of ${own.length}`,
		)
		for (const { id, expected, actual } of own.filter(({ status }) => status === 'fail').slice(0, 20)) {
			terminal.note(`    ${id}: expected ${JSON.stringify(expected)}, is ${visible(JSON.stringify(actual))}`)
		}
	}
	return results.some(({ status }) => status === 'fail') ? 1 : 0
}
