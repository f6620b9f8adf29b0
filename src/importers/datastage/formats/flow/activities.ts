/** A node of a pipeline → what an activity's record says. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, membersAt, nodeAt, textAt } from '../../../json/node.ts'
import type { Values } from '../build.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'
import { basicOf, basicText } from './cel.ts'

export interface Activity {
	readonly values: Values
	readonly collections: Readonly<Record<string, readonly DsxItem[]>>
}

type Inputs = ReadonlyMap<string, JsonNode>

const readers: ReadonlyMap<string, (inputs: Inputs) => Activity | undefined> = new Map([
	['run-datastage-job', runJob],
	['run-job', runJob],
	['run-pipeline', runJob],
	['run-pipeline-job', runJob],
	['run-bash-script', runScript],
	['wait-file', waitForFile],
	['wait-for-file', waitForFile],
	['wait-sequencer-any', () => sequencer('1')],
	['wait-sequencer-all', () => sequencer('0')],
	['control-user-variables', userVariables],
	['set-user-variables', userVariables],
	['control-terminator', terminator],
	['control-error-handler', errorHandler],
])

/** An activity of a kind that nobody knows keeps its inputs as properties, so that its stub shows them. */
export function activityOf(node: JsonNode): Activity {
	const data = nodeAt(node, 'app_data', 'pipeline_data')
	const component = textAt(data, 'config', 'link', 'component_id_ref') || textAt(node, 'op') || textAt(node, 'type')
	const inputs: Inputs = new Map(itemsAt(data, 'inputs').map((input) => [textAt(input, 'name'), input]))
	const known = readers.get(component)?.(inputs)
	if (known !== undefined) return known
	const properties = [...inputs].map(([name, input]) =>
		itemFrom({ Name: name, Value: expressionOf(input) ?? '' }, { start: input.line, end: input.line }),
	)
	return { values: { OLEType: 'CJSUnknownActivity', StageType: component }, collections: { Properties: properties } }
}

/** A value in BASIC: a literal as a text, an expression translated as far as it reads the same. */
function expressionOf(input: JsonNode | undefined): string | undefined {
	const written = textAt(input, 'value_from', 'expression')
	if (written !== '') return basicOf(written)
	const value = nodeAt(input, 'value')
	if (value === undefined || value.kind === 'object' || value.kind === 'array') return undefined
	return value.kind === 'number' ? value.text : basicText(value.text)
}

/** The name of the job: a reference to an asset, or its name. */
function assetOf(inputs: Inputs): string {
	for (const key of ['job', 'flow', 'pipeline', 'pipeline_job']) {
		const value = nodeAt(inputs.get(key), 'value')
		const name = textAt(value, 'name') || textAt(value, 'asset_name') || textAt(value)
		if (name !== '') return name.replace(/\.DataStage (?:sequence )?job$/, '')
	}
	return ''
}

function runJob(inputs: Inputs): Activity | undefined {
	const name = assetOf(inputs)
	const values = parameterValues(inputs.get('job_parameters') ?? inputs.get('parameters'))
	if (name === '' || values === undefined) return undefined
	return {
		values: { OLEType: 'CJSJobActivity', StageType: 'CJobActivity', Jobname: name, ExecutionType: '0' },
		collections: { ParameterValues: values },
	}
}

/** Undefined: they are written in a way that is not known. */
function parameterValues(input: JsonNode | undefined): readonly DsxItem[] | undefined {
	if (input === undefined) return []
	const value = nodeAt(input, 'value')
	if (value === undefined && nodeAt(input, 'value_from') === undefined) return []
	const pairs =
		value?.kind === 'object'
			? membersAt(value).map(([name, one]) => ({ name, text: valueText(one), line: one.line }))
			: itemsAt(value).map((one) => ({ name: textAt(one, 'name'), text: expressionOf(one), line: one.line }))
	if (pairs.length === 0 && (value === undefined || value.kind === 'text')) return undefined
	if (pairs.some(({ name, text }) => name === '' || text === undefined)) return undefined
	return pairs.map(({ name, text, line }) =>
		itemFrom({ Name: name, Description: text, ValueType: '0' }, { start: line, end: line }),
	)
}

const valueText = (node: JsonNode): string | undefined =>
	node.kind === 'object' ? expressionOf(node) : node.kind === 'number' ? node.text : basicText(textAt(node))

function runScript(inputs: Inputs): Activity | undefined {
	const script = textAt(inputs.get('bash_script') ?? inputs.get('script'), 'value')
	const policy = textAt(inputs.get('error_policy'), 'value')
	if (script === '' || !['', 'fail_on_error', 'continue_on_error'].includes(policy)) return undefined
	// Its failure counts as a good end then.
	const command = policy === 'continue_on_error' ? `${script} || true` : script
	return {
		values: { OLEType: 'CJSExecCmdActivity', StageType: 'CExecCommandActivity', Path: command },
		collections: {},
	}
}

/** `timeout_length` is `HH:MM:SS`. */
function waitForFile(inputs: Inputs): Activity | undefined {
	const file = expressionOf(inputs.get('file'))
	const mode = textAt(inputs.get('wait_mode'), 'value')
	const length = textAt(inputs.get('timeout_length'), 'value')
	const time = /^(\d+):(\d\d):(\d\d)$/.exec(length)
	if (file === undefined || !['appear', 'disappear'].includes(mode) || (length !== '' && time === null))
		return undefined
	const [, hours = '0', minutes = '0', seconds = '0'] = time ?? []
	const limit = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
	return {
		values: {
			OLEType: 'CJSWaitFileActivity',
			StageType: 'CWaitForFileActivity',
			FileExpression: file,
			WaitMode: mode,
			TimeoutSeconds: length === '' ? undefined : String(limit),
		},
		collections: {},
	}
}

function sequencer(type: string): Activity {
	return { values: { OLEType: 'CJSSequencer', StageType: 'CSequencer', SequencerType: type }, collections: {} }
}

function userVariables(inputs: Inputs): Activity | undefined {
	const variables = [...inputs].map(([name, input]) => ({ name, text: expressionOf(input), line: input.line }))
	if (variables.some(({ text }) => text === undefined)) return undefined
	const items = variables.map(({ name, text, line }) =>
		itemFrom({ Name: name, Description: text, ValueType: '0' }, { start: line, end: line }),
	)
	return {
		values: { OLEType: 'CJSUserVarsActivity', StageType: 'CUserVarsActivity' },
		collections: { Variables: items },
	}
}

function terminator(inputs: Inputs): Activity {
	const message = textAt(inputs.get('message') ?? inputs.get('termination_message'), 'value')
	// Abort leaves running jobs alone, stop asks them to end.
	const aborts = textAt(inputs.get('terminator_mode'), 'value').startsWith('abort')
	const values = {
		OLEType: 'CJSTerminatorActivity',
		StageType: 'CTerminatorActivity',
		TerminationType: aborts ? '3' : undefined,
		FinalMessage: message || undefined,
	}
	return { values, collections: {} }
}

function errorHandler(): Activity {
	return { values: { OLEType: 'CJSExceptionHandler', StageType: 'CExceptionHandler' }, collections: {} }
}
