import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withNeeded } from '#generators/glue/helpers/registry.ts'
import type { ClusterTask, Task } from '#model/control-flow.ts'
import { base, job, literal, sourced } from '../../../support/model-builder.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const said = (value: string) => sourced(literal(value), value)
const cluster = (name: string, action: ClusterTask['action']): ClusterTask => ({
	id: name,
	element: name,
	name,
	disabled: false,
	provenance: base(name).provenance,
	kind: 'cluster',
	action,
})
const tasks: readonly Task[] = [
	cluster('Start', { kind: 'create', name: said('night'), nodes: 2, mayExist: true }),
	cluster('Ask', { kind: 'run', connection: 'Hadoop', language: 'hive', script: said('DROP TABLE t;'), isFile: false }),
	cluster('Load', {
		kind: 'run',
		connection: 'Hadoop',
		language: 'pig',
		script: said('/user/load.pig'),
		isFile: true,
		timeoutMinutes: 30,
	}),
	cluster('End', { kind: 'delete', name: said('night'), mayBeAbsent: false }),
]
const model = job([], {
	kind: 'package',
	dialect: 'ssis',
	control: {
		tasks,
		precedences: tasks.slice(1).map((task, index) => ({
			id: `${index}`,
			from: tasks[index]?.id ?? '',
			to: task.id,
			outcome: 'success',
			combine: 'and',
			provenance: base('after').provenance,
		})),
		joins: [],
	},
})

describe('tasks of a cluster', () => {
	const engine = startSpark()
	beforeAll(() => warmUp(engine))
	afterAll(() => engine.close())

	it('ask of it what the reference asks', async () => {
		const { proof, script } = await proveJob(engine, model)
		expect(proof).toMatchObject({ details: [], report: { level: 'E3', effects_compared: 3 * 4 } })
		expect(script).toContain('run_on_cluster(params["hadoop_connection"], "hive", script="DROP TABLE t;")')
		expect(script).toContain('create_cluster("night", nodes=2, may_exist=True)')
	})
})

/** An EMR that knows one running cluster, and writes down what it is asked to do. */
const standIn = `
import sys, types

class Emr:
    def get_paginator(self, name):
        return types.SimpleNamespace(paginate=lambda **given: [{"Clusters": [{"Id": "j-1", "Name": "night"}]}])
    def get_waiter(self, name):
        return types.SimpleNamespace(wait=lambda **given: print("wait", name, given))
    def add_job_flow_steps(self, **given):
        print("step", given["JobFlowId"], given["Steps"][0]["HadoopJarStep"]["Args"])
        return {"StepIds": ["s-1"]}
    def run_job_flow(self, **given):
        print("create", given["Name"], given["Instances"]["InstanceCount"])
        return {"JobFlowId": "j-2"}
    def terminate_job_flows(self, **given):
        print("end", given)

sys.modules["boto3"] = types.SimpleNamespace(client=lambda name: Emr())
`

describe('the helpers of clusters', () => {
	const helpers = withNeeded(['run_on_cluster', 'create_cluster', 'delete_cluster']).map(({ text }) => text)
	const run = (calls: string): readonly string[] =>
		execFileSync('python3', ['-c', `import re\n${standIn}${helpers.join('')}\n${calls}`], { encoding: 'utf8' })
			.trim()
			.split('\n')

	it('run a script as a step of the cluster that has the name or the id', () => {
		const calls = run(
			'run_on_cluster("night", "hive", script="SELECT 1;", timeout_minutes=1)\nrun_on_cluster("j-7", "pig", path="s3://b/a.pig")',
		)
		expect(calls).toEqual([
			"step j-1 ['hive', '-e', 'SELECT 1;']",
			"wait step_complete {'ClusterId': 'j-1', 'StepId': 's-1', 'WaiterConfig': {'Delay': 30, 'MaxAttempts': 2}}",
			"step j-7 ['pig-script', '--run-pig-script', '--args', '-f', 's3://b/a.pig']",
			expect.stringContaining('step_complete'),
		])
	})

	it('create and end clusters, and fail where the task says so', () => {
		const calls = run(
			[
				'create_cluster("day", 2)',
				'create_cluster("night", 2, may_exist=True)',
				'delete_cluster("night")',
				'delete_cluster("day", may_be_absent=True)',
				'try:\n    delete_cluster("day")\nexcept RuntimeError as error:\n    print(error)',
			].join('\n'),
		)
		expect(calls).toEqual([
			'create day 3',
			"wait cluster_running {'ClusterId': 'j-2'}",
			"end {'JobFlowIds': ['j-1']}",
			"wait cluster_terminated {'ClusterId': 'j-1'}",
			'no EMR cluster of the name day runs',
		])
	})
})
