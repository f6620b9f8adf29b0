import { existsSync, writeFileSync } from 'node:fs'
import type { DataFormat } from '#evidence/reconcile/data-set.ts'
import { readDataSet } from '#evidence/reconcile/data-set.ts'
import { reconcileJson, reconcileMarkdown } from '#evidence/reconcile/print.ts'
import { reconcile } from '#evidence/reconcile/reconcile.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'

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
	readonly json?: string
	readonly markdown?: string
}

/** `reglue reconcile --expected A --actual B`: are two data sets the same? */
export const reconcileCommand: CliCommand = {
	name: 'reconcile',
	register(program, run) {
		program
			.command('reconcile')
			.description('compare what the legacy job wrote with what the new one wrote')
			.requiredOption('--expected <path>', 'file or folder that the legacy job wrote')
			.requiredOption('--actual <path>', 'file or folder that the new job wrote')
			.option(
				'--keys <columns>',
				'columns that identify a row, separated by commas; without them rows are compared as bags',
			)
			.option('--ignore <columns>', 'columns, by name or position from 1, that are not compared')
			.option('--delimiter <text>', 'field delimiter; \\t for a tab; jsonl for JSON lines (default: found out)')
			.option('--quote <character>', 'quote character; empty: quotes are data (default: ")')
			.option('--no-header', 'the files have no header line')
			.option('--encoding <name>', 'encoding of the files (default: utf-8)')
			.option('--tolerance <number>', 'largest difference of two numbers that count as equal (default: 0)')
			.option('--trim', 'leave out blanks at both ends of a value')
			.option('--exact', 'texts of numbers and moments must agree to the character')
			.option('--json <file>', 'write the comparison as JSON')
			.option('--markdown <file>', 'write the comparison as Markdown')
			.action((options: ReconcileOptions) => run((context) => execute(options, context)))
	},
}

async function execute(options: ReconcileOptions, { terminal }: CommandContext): Promise<ExitCode> {
	for (const place of [options.expected, options.actual])
		if (!existsSync(place)) throw new UsageError(`there is no ${place}`)
	const format = formatOf(options)
	const report = reconcile(await readDataSet(options.expected, format), await readDataSet(options.actual, format), {
		...list('keys', options.keys),
		...list('ignore', options.ignore),
		...(options.tolerance === undefined ? {} : { tolerance: numberOf(options.tolerance) }),
		trim: options.trim === true,
		exact: options.exact === true,
	})
	const markdown = reconcileMarkdown(report)
	if (options.json !== undefined) writeFileSync(options.json, reconcileJson(report))
	if (options.markdown !== undefined) writeFileSync(options.markdown, markdown)
	terminal.result(markdown.trimEnd())
	return report.equal ? 0 : 1
}

function formatOf({ delimiter, quote, header, encoding }: ReconcileOptions): DataFormat {
	return {
		header,
		...(delimiter === undefined ? {} : { delimiter: delimiter.replaceAll('\\t', '\t') }),
		...(quote === undefined ? {} : { quote }),
		...(encoding === undefined ? {} : { encoding }),
	}
}

function list(name: 'keys' | 'ignore', text: string | undefined): { readonly [key: string]: readonly string[] } {
	return text === undefined ? {} : { [name]: text.split(',').map((part) => part.trim()) }
}

function numberOf(text: string): number {
	const value = Number(text)
	if (Number.isNaN(value) || value < 0) throw new UsageError(`--tolerance ${text}: give a number of 0 or more`)
	return value
}
