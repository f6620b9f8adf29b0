/** The pytest file of a job, its data, and the fixtures that all tests of a unit share. */
import { writtenFloats } from '#analysis/written-floats.ts'
import { pyString } from '#languages/python.ts'
import { plainSparkType } from '#languages/spark-types.ts'
import { encodeRow } from '#model/json-values.ts'
import { isInside } from '#model/places.ts'
import type { DataType, Schema } from '#model/types.ts'
import type { JobPlan, PlacePlan } from '../glue/plan/job-plan.ts'
import { placeId } from '../jobs-json.ts'
import { identifier, slug } from '../names.ts'
import { checkScript } from '../ruff.ts'
import { jsonText } from '../text/json.ts'
import { conftest } from './conftest.ts'
import type { PlaceData, Scenario, TestData } from './test-data.ts'

export interface TestFile {
	readonly path: string
	readonly text: string
}

/** Files below the unit's folder. */
export function testFiles(plan: JobPlan, data: TestData | undefined): readonly TestFile[] {
	const scenarios = data?.scenarios ?? []
	return [
		{ path: 'tests/conftest.py', text: checkScript(conftest).formatted },
		{ path: `tests/test_${plan.name}.py`, text: checkScript(testModule(plan, scenarios)).formatted },
		...scenarios.flatMap((scenario) => scenarioFiles(plan, scenario)),
	]
}

const folderOf = (plan: JobPlan, scenario: Scenario): string => `tests/data/${plan.name}/${slug(scenario.name)}`

/** Is every place of the job given? A job that stops at something untranslated has nothing to test. */
const isWhole = (plan: JobPlan): boolean =>
	plan.job.accounting.every(({ outcome }) => outcome !== 'opaque') &&
	plan.places.every(({ operator }) => operator.kind !== 'read' || operator.source.kind !== 'other')

/** Places that a test fills and looks into: rows that live in the run alone go their way. */
const outside = ({ places }: JobPlan): readonly PlacePlan[] =>
	places.filter(({ operator }) => !isInside(operator.kind === 'read' ? operator.source : operator.target))

function testModule(plan: JobPlan, scenarios: readonly Scenario[]): string {
	const places = outside(plan).map((place) => `    ${pyString(place.name)}: ${placeText(place)},`)
	const required = plan.arguments.filter((argument) => argument.default === null && argument.kind === 'parameter')
	const tests = scenarios.map((scenario) => {
		const parameters = Object.entries(scenario.parameters).map(
			([name, value]) => `${pyString(name)}: ${pyString(value)}`,
		)
		return `def ${identifier(`test ${scenario.name}`)}(job):\n    """Scenario ${scenario.name.replaceAll(/[\\"\n\r]/g, ' ')}: every output holds the rows that the old job gives."""\n    job.check(${pyString(slug(scenario.name))}, {${parameters.join(', ')}})\n`
	})
	const stops = plan.job.accounting.filter(({ outcome }) => outcome === 'opaque').map(({ name }) => name)
	const neverRan = plan.job.control.tasks.some(({ kind }) => kind === 'terminate')
	const empty = neverRan
		? 'def test_says_why_it_never_ran(job):\n    """The old engine refused the job before its first task; the new one says what is wrong with it."""\n    with pytest.raises(RuntimeError, match="never ran"):\n        job.run_empty()\n'
		: isWhole(plan)
			? 'def test_all_inputs_empty(job):\n    """Without a row to read the job runs to its end."""\n    job.run_empty()\n'
			: `def test_says_what_is_not_translated(job):\n    """The job names what has to be written by hand before it can run: ${stops
					.slice(0, 3)
					.join(', ')
					.replaceAll(/[\\"\n\r]/g, ' ')}."""\n    assert "was not translated" in job.source()\n`
	return `"""Tests of ${plan.name}: the script runs as it is, on a real Spark session."""

import pytest
from conftest import Job

PLACES = {
${places.join('\n')}
}
PARAMETERS = {${required.map(({ name }) => `${pyString(name)}: ""`).join(', ')}}


@pytest.fixture
def job(spark, tmp_path, monkeypatch):
    """The script, with its places in a folder of the test."""
    return Job(${pyString(plan.name)}, PLACES, PARAMETERS, spark, tmp_path, monkeypatch)


${[empty, ...tests].join('\n\n')}`
}

/** What a test must know of a place. */
function placeText({ flow, operator, argument }: PlacePlan): string {
	const place = operator.kind === 'read' ? operator.source : operator.target
	const entries = [
		`"role": ${pyString(operator.kind)}`,
		`"kind": ${pyString(place.kind === 'text-file' ? 'text' : 'rows')}`,
	]
	if (argument !== undefined) entries.push(`"argument": ${pyString(argument)}`)
	if (place.kind === 'text-file') {
		if (operator.kind === 'write' && writtenFloats(flow, operator).size > 0) entries.push('"floats": True')
		entries.push(
			`"line_end": ${pyString(place.layout.recordDelimiter)}`,
			`"encoding": ${pyString(place.layout.encoding)}`,
		)
	} else if (operator.kind === 'read') entries.push(`"columns": ${columnsText(operator.schema)}`)
	return `{${entries.join(', ')}}`
}

const columnsText = (schema: Schema): string =>
	kindText(Object.fromEntries(schema.columns.map(({ name, type }) => [name, kindOf(type)])))

/** The type of a column for conftest.py: a name, the fields of a record, or the one kind of a vector's elements. */
type Kind = string | readonly Kind[] | { readonly [field: string]: Kind }

function kindOf(type: DataType): Kind {
	if (type.kind === 'vector') return [kindOf(type.element)]
	if (type.kind === 'record') return Object.fromEntries(type.fields.map((field) => [field.name, kindOf(field.type)]))
	return type.kind === 'time' ? 'time' : plainSparkType(type)
}

function kindText(kind: Kind): string {
	if (typeof kind === 'string') return pyString(kind)
	if (isList(kind)) return `[${kind.map(kindText).join(', ')}]`
	return `{${Object.entries(kind)
		.map(([name, inner]) => `${pyString(name)}: ${kindText(inner)}`)
		.join(', ')}}`
}

const isList = (kind: Kind): kind is readonly Kind[] => Array.isArray(kind)

function scenarioFiles(plan: JobPlan, scenario: Scenario): readonly TestFile[] {
	const folder = folderOf(plan, scenario)
	const named = new Map(outside(plan).map((place) => [placeId(place), place.name]))
	const files = (kind: 'inputs' | 'expected', data: ReadonlyMap<string, PlaceData>): readonly TestFile[] =>
		[...data].flatMap(([id, one]) => {
			const name = named.get(id)
			return name === undefined ? [] : dataFiles(`${folder}/${kind}/${name}`, one)
		})
	return [...files('inputs', scenario.inputs), ...files('expected', scenario.expected)]
}

/** Text as it is, in a JSON string so that line ends survive every editor and Git setting; rows as JSON lines beside their schema. */
function dataFiles(path: string, data: PlaceData): readonly TestFile[] {
	if (data.kind === 'text') return [{ path: `${path}.json`, text: jsonText({ text: data.text }) }]
	const columns = Object.fromEntries(data.schema.columns.map(({ name, type }) => [name, kindOf(type)]))
	const lines = data.rows.map((row) => `${JSON.stringify(encodeRow(row, data.schema))}\n`)
	return [
		{ path: `${path}.jsonl`, text: lines.join('') },
		{ path: `${path}.schema.json`, text: jsonText({ columns }) },
	]
}
