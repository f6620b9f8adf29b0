/** A whole Glue script. */
import { helperImports, helpersUsed, helperText } from '#languages/helpers.ts'
import { pyString } from '#languages/python.ts'
import { totals } from '#model/accounting.ts'
import type { Trace } from '../artifact.ts'
import { Names } from '../names.ts'
import type { ScriptProblem } from '../ruff.ts'
import { checkScript } from '../ruff.ts'
import { tokens } from '../text/python-tokens.ts'
import { realign } from '../text/realign.ts'
import type { Node } from '../text/tree.ts'
import { indent, render, traced } from '../text/tree.ts'
import { variableKind } from './control/variable-kind.ts'
import { printJobControl } from './control-flow.ts'
import { docText } from './doc-text.ts'
import { driverValue } from './driver-value.ts'
import type { PrintedFlow } from './flow.ts'
import { printFlow } from './flow.ts'
import { helperNames, withNeeded } from './helpers/registry.ts'
import { importBlock } from './imports.ts'
import { mainFunction } from './main-function.ts'
import type { JobPlan, PlacePlan } from './plan/job-plan.ts'
import { derivedPath } from './plan/job-plan.ts'
import { readBody, sourceText } from './read-function.ts'
import type { ScriptContext } from './script-context.ts'
import { makeScriptContext } from './script-context.ts'
import { settingsText } from './settings.ts'
import { targetText, writeBody } from './write-function.ts'

export interface Script {
	readonly text: string
	readonly traces: readonly Trace[]
	readonly problems: readonly ScriptProblem[]
}

/** Prints the script of a job, formatted. `documents`: does a mapping document stand beside it? */
export function printScript(plan: JobPlan, documents: boolean): Script {
	const { text, traces } = render(scriptTree(plan, documents))
	const { formatted, problems } = checkScript(text)
	return { text: formatted, traces: realign(traces, text, formatted), problems }
}

interface PlaceFunction {
	readonly text: Node
	readonly usesVariables: boolean
}

function scriptTree(plan: JobPlan, documents: boolean): Node {
	const script = makeScriptContext(plan)
	// Whether any function needs the variables is known once all have been printed.
	printBody(plan, documents, script)
	return printBody(plan, documents, makeScriptContext(plan, script.usedVariables.size > 0))
}

function printBody(plan: JobPlan, documents: boolean, script: ScriptContext): Node {
	const { job } = plan
	const flows = new Map(job.flows.map((flow) => [flow.id, printFlow(flow, script)]))
	const places = new Map(plan.places.map((place) => [place, placeFunction(place, flows, script)]))
	const flowFunctions = [...flows.values()].map((flow) => flowFunction(flow, plan, places))
	const body = (id: string): Node => {
		const flow = flows.get(id)
		return flow === undefined
			? 'raise RuntimeError("the export has no such data flow")'
			: flowBody(flow, plan, places, script)
	}
	const single =
		job.kind !== 'package' && job.flows.length === 1 && job.control.tasks.length === 1 ? job.flows[0] : undefined
	const control =
		single === undefined
			? printJobControl(job.control, {
					flowBody: body,
					script,
					names: new Names([...flows.values()].map(({ name }) => name).concat(taken(plan))),
				})
			: undefined
	const runBody = control === undefined ? body(single?.id ?? '') : control.body
	const derived = plan.places.filter((place) => place.derived !== undefined && !place.derived.needsVariables)
	const needsVariables = script.hasVariables && script.usedVariables.size > 0
	const run = runFunction(runBody, derived, needsVariables, script)
	const variables = needsVariables ? variablesClass(script) : []
	const helpers = withNeeded(script.helpers)
	const functions: Node = [...script.steps, ...flowFunctions, ...(control?.functions ?? []), run]
	const called = helpersUsed(render(functions).text)
	const imports = [
		'import sys',
		'from datetime import UTC, datetime',
		'from pyspark.sql import DataFrame, SparkSession',
		'from pyspark.sql import functions as F',
		...(needsVariables ? ['from dataclasses import dataclass'] : []),
		...script.imports,
		...helpers.flatMap((helper) => helper.imports),
		...helperImports(called),
	]
	const below: Node = [
		defaults(plan),
		'',
		...settingsText(plan, {
			counts: [...flows.values()].some(({ counts }) => counts.length > 0),
			checks: script.helpers.has('ensure'),
		}),
		...(script.helpers.has('relocated') ? ['', ...pathsText(plan)] : []),
		'',
		'',
		...variables,
		...helpers.flatMap(({ text }) => [text.trim(), '', '']),
		...called.flatMap((name) => [helperText(name) ?? '', '', '']),
		...script.steps.flatMap((text) => [text.trim(), '', '']),
		...flowFunctions,
		...(control?.functions ?? []),
		run,
		'',
		'',
		mainFunction(plan),
	]
	const code = render(below).text
	const used = new Set([...tokens(code).map(({ text }) => text), ...wordsInsideTexts(code)])
	return [docstring(plan, documents), '', ...importBlock(imports, used), '', below]
}

/** What a formatted text computes uses names too. */
function wordsInsideTexts(code: string): readonly string[] {
	const texts = code.matchAll(/\br?f"(?:\\.|[^"\\\n])*"/g)
	return [...texts].flatMap(([text]) =>
		[...text.matchAll(/\{([^{}]*)\}/g)].flatMap(([, inside]) => inside?.match(/\w+/g) ?? []),
	)
}

/** Names of functions that tasks must not have. */
const taken = (plan: JobPlan): readonly string[] => [
	'run',
	'main',
	'events',
	'passes',
	...helperNames,
	...plan.places.flatMap(({ name }) => [`read_${name}`, `write_${name}`]),
]

function docstring({ job, name }: JobPlan, documents: boolean): Node {
	const { total, exact, declared, opaque, dropped } = totals(job.accounting)
	const kinds = {
		parallel: 'DataStage parallel job',
		server: 'DataStage server job',
		sequence: 'DataStage sequence',
		container: 'DataStage container',
		package: 'SSIS package',
	} as const
	const ids = [...new Set(job.differences.map(({ id }) => id))].sort()
	const parts = [
		`${exact + declared} of ${total} elements translated`,
		...(ids.length === 0
			? []
			: [`${ids.length} declared ${ids.length === 1 ? 'difference' : 'differences'} (${ids.join(', ')})`]),
		...(opaque === 0 ? [] : [`${opaque} to be written by hand`]),
		...(dropped === 0 ? [] : [`${dropped} dropped by design`]),
	]
	return [
		`"""${name}: AWS Glue job.`,
		'',
		`From ${docText(job.provenance.file, 200)}, ${kinds[job.kind]} ${docText(job.name, 200)}.`,
		`${parts.join('; ')}.${documents ? ` See docs/${name}.md.` : ''}`,
		'"""',
	]
}

function defaults(plan: JobPlan): Node {
	const entries = plan.arguments.flatMap((argument) =>
		argument.default === null ? [] : [`    ${pyString(argument.name)}: ${pyString(argument.default)},`],
	)
	const required = plan.arguments.filter((argument) => argument.default === null).map(({ name }) => pyString(name))
	return [
		...(entries.length === 0 ? ['DEFAULTS: dict[str, str] = {}'] : ['DEFAULTS = {', ...entries, '}']),
		`REQUIRED${required.length === 0 ? ': list[str]' : ''} = [${required.join(', ')}]`,
	]
}

/** Old places and where they are now, for paths that are computed at run time. */
function pathsText({ paths }: JobPlan): readonly string[] {
	const entries = Object.entries(paths).map(([old, now]) => `    ${pyString(old)}: ${pyString(now)},`)
	return ['PATHS = {', ...entries, '}']
}

function placeFunction(
	place: PlacePlan,
	flows: ReadonlyMap<string, PrintedFlow>,
	script: ScriptContext,
): PlaceFunction {
	const { operator } = place
	script.takeVariableUse()
	const flow = flows.get(place.flow.id)
	const ports = new Set(
		place.flow.links.filter(({ from }) => from.operator === operator.id).map(({ from }) => from.port),
	)
	const body =
		operator.kind === 'read'
			? readBody(
					place,
					operator,
					{ order: flow?.carriers.has(operator.id) ?? false, rejects: ports.has('reject') },
					script,
				)
			: writeBody(place, operator, script)
	const usesVariables = script.takeVariableUse()
	const extra = usesVariables ? ', variables: Variables' : ''
	const head =
		operator.kind === 'read'
			? `def read_${place.name}(spark: SparkSession, params: dict[str, str]${extra}) -> DataFrame:`
			: `def write_${place.name}(frame: DataFrame, params: dict[str, str]${extra}) -> None:`
	const what = operator.kind === 'read' ? sourceText(operator) : targetText(operator)
	const doc = indent(`"""${script.noun} ${docText(operator.name)}: ${what}."""`)
	const spark = operator.kind === 'write' && usesSpark(body) ? [indent('spark = frame.sparkSession')] : []
	return {
		usesVariables,
		text: traced({ element: operator.element, provenance: operator.provenance }, [head, doc, ...spark, body, '', '']),
	}
}

const usesSpark = (body: Node): boolean => render(body).text.includes('evaluate(spark,')

/** Functions of one flow, in the order in which rows pass them. */
function flowFunction(flow: PrintedFlow, plan: JobPlan, places: ReadonlyMap<PlacePlan, PlaceFunction>): Node {
	const own = plan.places.filter((place) => place.flow === flow.flow)
	const texts = (kind: 'read' | 'write'): readonly Node[] =>
		own.filter(({ operator }) => operator.kind === kind).map((place) => places.get(place)?.text ?? [])
	return [...texts('read'), flow.transform, '', '', ...texts('write')]
}

/** Reads, transforms, writes. */
function flowBody(
	flow: PrintedFlow,
	plan: JobPlan,
	places: ReadonlyMap<PlacePlan, PlaceFunction>,
	script: ScriptContext,
): Node {
	const own = plan.places.filter((place) => place.flow === flow.flow)
	const extra = (place: PlacePlan): string => (places.get(place)?.usesVariables ? ', variables' : '')
	const reads = own
		.filter(({ operator }) => operator.kind === 'read')
		.map((place) => `    ${pyString(place.name)}: read_${place.name}(spark, params${extra(place)}),`)
	const inputs = reads.length === 0 ? ['inputs: dict[str, DataFrame] = {}'] : ['inputs = {', ...reads, '}']
	const writes = own.filter((place) => place.operator.kind === 'write')
	const counted = flow.outputs.filter((key) => !writes.some(({ name }) => name === key))
	return [
		...inputs,
		`${resultNames(flow)}${flow.name}(inputs, params${flow.usesVariables ? ', variables' : ''})`,
		...writes.map((place) => `write_${place.name}(frames[${pyString(place.name)}], params${extra(place)})`),
		...counted.map((key) => `frames[${pyString(key)}].write.format("noop").mode("overwrite").save()`),
		...flow.counts.map(
			({ variable, key, field }) => `${script.variable(variable)} = counts[${pyString(key)}].get[${pyString(field)}]`,
		),
		...(flow.outputs.length === 0 ? ['# Nothing is written, so nothing is computed.'] : []),
	]
}

/** What a flow's result is assigned to: nothing that nobody reads. */
function resultNames({ outputs, counts }: PrintedFlow): string {
	const frames = outputs.length === 0 ? '_' : 'frames'
	if (counts.length > 0) return `${frames}, counts = `
	return outputs.length === 0 ? '' : 'frames = '
}

function runFunction(body: Node, derived: readonly PlacePlan[], needsVariables: boolean, script: ScriptContext): Node {
	const paths = derived.map(
		(place) =>
			`    ${pyString(place.argument ?? '')}: params[${pyString(place.argument ?? '')}] or ${place.derived === undefined ? '""' : derivedPath(place.derived, script.driver)},`,
	)
	return [
		'def run(spark: SparkSession, params: dict[str, str]) -> None:',
		indent([
			'"""The whole job."""',
			'for name, value in SETTINGS.items():',
			indent('spark.conf.set(name, value)'),
			'params = DEFAULTS | params',
			...(paths.length === 0
				? []
				: [
						'# Places that follow from other arguments, unless they are given themselves.',
						'params |= {',
						...paths,
						'}',
					]),
			...(needsVariables ? [`variables = Variables(${initialValues(script)})`] : []),
			body,
		]),
	]
}

function variablesClass(script: ScriptContext): readonly Node[] {
	const types = { int: 'int', boolean: 'bool', float: 'float', text: 'str' } as const
	const fields = script.plan.job.variables.flatMap(({ name, type, initial }) => {
		if (!script.usedVariables.has(name)) return []
		const value = initial.kind === 'literal' ? driverValue(initial, script.driver) : 'None'
		return [`${script.plan.variables.get(name) ?? ''}: ${types[variableKind(type)]} | None = ${value}`]
	})
	return [
		'@dataclass',
		'class Variables:',
		indent(['"""Variables of the job."""', ...(fields.length === 0 ? [] : ['', ...fields])]),
		'',
		'',
	]
}

/** Initial values that are not literals. */
function initialValues(script: ScriptContext): string {
	return script.plan.job.variables
		.filter(({ name, initial }) => script.usedVariables.has(name) && initial.kind !== 'literal')
		.map(({ name, initial }) => `${script.plan.variables.get(name) ?? ''}=${driverValue(initial, script.driver)}`)
		.join(', ')
}
