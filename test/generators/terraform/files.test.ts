import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { convertFiles } from '@cdktf/hcl2json'
import { describe, expect, it } from 'vitest'
import { terraformFiles } from '#generators/terraform/files.ts'

const files = terraformFiles()
const sources = files.filter((file) => file.path.endsWith('.tf'))
const code = sources.map(({ text }) => text).join('\n')

/** Arguments and blocks of each resource that the AWS provider 5.100.0 knows, so far as the module may use them. */
const known: Readonly<Record<string, readonly string[]>> = {
	aws_cloudwatch_event_rule: ['name', 'description', 'event_pattern', 'tags'],
	aws_cloudwatch_event_target: ['rule', 'arn', 'input_transformer'],
	aws_cloudwatch_log_group: ['name', 'retention_in_days', 'kms_key_id', 'skip_destroy', 'log_group_class', 'tags'],
	aws_glue_job: [
		...['name', 'role_arn', 'command', 'connections', 'default_arguments', 'non_overridable_arguments', 'description'],
		...['execution_class', 'execution_property', 'glue_version', 'job_run_queuing_enabled', 'maintenance_window'],
		...['max_capacity', 'max_retries', 'notification_property', 'number_of_workers', 'worker_type', 'timeout'],
		...['security_configuration', 'source_control_details', 'tags'],
	],
	aws_glue_security_configuration: ['name', 'encryption_configuration'],
	aws_iam_role: [
		'name',
		'path',
		'description',
		'assume_role_policy',
		'permissions_boundary',
		'max_session_duration',
		'tags',
	],
	aws_iam_role_policy: ['name', 'role', 'policy'],
	aws_sfn_state_machine: [
		...['name', 'role_arn', 'definition', 'logging_configuration', 'tags', 'type', 'publish'],
		...['encryption_configuration', 'tracing_configuration'],
	],
	aws_s3_object: [
		'bucket',
		'key',
		'source',
		'source_hash',
		'kms_key_id',
		'server_side_encryption',
		'content_type',
		'tags',
	],
}
const required: Readonly<Record<string, readonly string[]>> = {
	aws_cloudwatch_event_target: ['rule', 'arn'],
	aws_glue_job: ['name', 'role_arn', 'command'],
	aws_glue_security_configuration: ['name', 'encryption_configuration'],
	aws_iam_role: ['assume_role_policy'],
	aws_iam_role_policy: ['role', 'policy'],
	aws_s3_object: ['bucket', 'key'],
	aws_sfn_state_machine: ['role_arn', 'definition'],
}
/** Arguments that every resource takes. */
const meta = ['for_each', 'count', 'depends_on', 'lifecycle', 'provider']

type Blocks = Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>
interface Module {
	readonly resource: Blocks
	readonly data: Blocks
	readonly variable: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
	readonly locals: readonly Readonly<Record<string, unknown>>[]
	readonly output: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

/** The module as a real parser reads it: all files as one. */
async function readModule(): Promise<Module> {
	const folder = mkdtempSync(path.join(tmpdir(), 'module-'))
	try {
		for (const { path: name, text } of sources) writeFileSync(path.join(folder, path.basename(name)), text)
		return (await convertFiles(folder)) as Module
	} finally {
		rmSync(folder, { recursive: true })
	}
}
const module = await readModule()
const resources = Object.entries(module.resource).flatMap(([type, byName]) =>
	Object.entries(byName).flatMap(([name, bodies]) => bodies.map((body) => ({ type, name, body }))),
)

describe('Terraform module', () => {
	it('is a fixed set of files', () => {
		expect(files.map((file) => file.path)).toEqual([
			'terraform/README.md',
			'terraform/jobs.tf',
			'terraform/logs.tf',
			'terraform/main.tf',
			'terraform/outputs.tf',
			'terraform/permissions.tf',
			'terraform/state-machines.tf',
			'terraform/storage.tf',
			'terraform/variables.tf',
			'terraform/versions.tf',
		])
		expect(terraformFiles()).toEqual(files)
	})

	it('uses only arguments that the provider knows, and all that it demands', () => {
		expect(resources.length).toBeGreaterThan(7)
		for (const { type, name, body } of resources) {
			const given = Object.keys(body).filter((argument) => !meta.includes(argument))
			expect(
				given.filter((argument) => !known[type]?.includes(argument)),
				`${type}.${name}`,
			).toEqual([])
			expect(given, `${type}.${name}`).toEqual(expect.arrayContaining([...(required[type] ?? [])]))
		}
	})

	it('never gives a capacity beside workers, which the provider would let through', () => {
		for (const body of Object.values(module.resource['aws_glue_job'] ?? {}).flat()) {
			expect(body).not.toHaveProperty('max_capacity')
			expect(body).toHaveProperty('security_configuration')
		}
	})

	it('refers only to variables, locals, resources and data that it declares, and to all variables', () => {
		const declared = (blocks: Blocks) =>
			Object.entries(blocks).flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
		const references = (pattern: RegExp) =>
			[...new Set([...code.matchAll(pattern)].map((match) => match[1] ?? ''))].toSorted()
		expect(references(/\bvar\.(\w+)/g)).toEqual(Object.keys(module.variable).toSorted())
		const locals = module.locals.flatMap((block) => Object.keys(block))
		expect(references(/\blocal\.(\w+)/g).filter((name) => !locals.includes(name))).toEqual([])
		expect(references(/\bdata\.(aws_\w+\.\w+)/g).filter((name) => !declared(module.data).includes(name))).toEqual([])
		expect(
			references(/(?<!data\.)\b(aws_\w+\.\w+)/g).filter((name) => !declared(module.resource).includes(name)),
		).toEqual([])
	})

	it('types and describes every variable and describes every output', () => {
		for (const [name, [body]] of Object.entries(module.variable)) {
			expect(body, name).toMatchObject({ type: expect.any(String), description: expect.stringMatching(/\.$/) })
		}
		for (const [name, [body]] of Object.entries(module.output)) {
			expect(body, name).toMatchObject({ value: expect.anything(), description: expect.stringMatching(/\.$/) })
		}
	})

	it('names scripts after their content', () => {
		const [script] = Object.values(module.resource['aws_s3_object'] ?? {}).flat()
		expect(script?.['key']).toMatch(/filesha256\(/)
	})

	it('gives every job a role of its own, without a managed policy and without any action or service as a whole', () => {
		expect(code).not.toMatch(/managed_policy|role_policy_attachment|AWSGlueServiceRole/)
		expect(code).not.toMatch(/"[a-z0-9]+:\*"|actions\s*=\s*\["\*"\]/)
		for (const type of ['aws_iam_role', 'aws_iam_role_policy']) {
			for (const body of Object.values(module.resource[type] ?? {}).flat()) expect(body).toHaveProperty('for_each')
		}
	})

	it('is laid out as terraform fmt does it', ({ skip }) => {
		const options = {
			encoding: 'utf8' as const,
			env: { ...process.env, TF_CLI_CONFIG_FILE: '', CHECKPOINT_DISABLE: '1' },
		}
		if (spawnSync('terraform', ['version'], options).error !== undefined) skip('terraform is not on this machine')
		for (const { path: name, text } of sources) {
			const { stdout, status, stderr } = spawnSync('terraform', ['fmt', '-'], { ...options, input: text })
			expect(status, stderr).toBe(0)
			expect(stdout, name).toBe(text)
		}
	})
})
