import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArgumentEntry, JobEntry, JobsFile, PlaceEntry } from '#generators/jobs-file.ts'
import { terraformFiles } from '#generators/terraform/files.ts'

/** Folder with the AWS provider as `terraform providers mirror` lays it out. */
const mirror = process.env['REGLUE_TERRAFORM_MIRROR'] ?? '/opt/tf-plugins'
const reason = !existsSync(mirror)
	? `no mirror of the AWS provider at ${mirror} (REGLUE_TERRAFORM_MIRROR)`
	: spawnSync('terraform', ['version']).error === undefined
		? undefined
		: 'terraform is not on this machine'

const argument = (name: string, kind: ArgumentEntry['kind'], value: string | null, parameter?: string) =>
	({ name, default: value, description: '', kind, parameter: parameter ?? null }) satisfies ArgumentEntry
const place = (name: string, role: 'read' | 'write', spelled: string): PlaceEntry => ({
	...{ id: `flow/${name}`, element: name, role, reject: false, kind: 'text-file', legacy: spelled, spelled },
	...{ argument: `${name}_path`, connection: null, statement: null, call: false, columns: [], format: null },
})
const job = (name: string, given: Partial<JobEntry>): JobEntry => ({
	...{ name, id: name, title: name, description: name, script: `glue_jobs/${name}.py`, glue_version: '5.1' },
	...{ worker_type: 'G.1X', workers: 2, timeout_minutes: 60, retries: 0, arguments: [], places: [], connections: [] },
	...given,
})

const jobs: JobsFile = {
	version: 1,
	unit: 'sales',
	jobs: [
		job('daily', {
			arguments: [
				argument('source_dir', 'parameter', 's3://lake/landing/daily', 'SourceDir'),
				argument('dir', 'parameter', 's3://other', 'Dir'),
				argument('note', 'parameter', '', 'Note'),
				argument('warehouse_connection', 'connection', null),
				argument('orders_path', 'place', ''),
				argument('mart_path', 'place', null),
			],
			places: [place('orders', 'read', '#SourceDir#/orders_1.txt'), place('mart', 'write', 'C:\\out\\mart.csv')],
			connections: [{ name: 'WH', argument: 'warehouse_connection', glue_connection: null }],
		}),
		job('plain', {}),
	],
}

const good = `
    arguments = { "sales/daily" = { warehouse_connection = "wh", mart_path = "s3://mart/out/mart.csv" } }
    connection_secrets = { wh = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:wh-1", other = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-1" }
    network_access = true
    driver_jars = ["s3://code/jars/db2.jar"]
    alarm_topic_arn = "arn:aws:sns:eu-west-1:111122223333:alarms"`
const cases: Readonly<Record<string, string>> = {
	good,
	lacking: '',
	wrong: `arguments = { "sales/daily" = { warehouse_connection = "wh", mart_path = "/mnt/mart.csv", mart_pth = "s3://mart/m" } }`,
	stranger: `${good}\n    arguments_at_start = { "sales/dialy" = ["mart_path"] }`,
	later: `
    arguments = { "sales/daily" = { warehouse_connection = "jdbc:postgresql://db/wh", orders_path = "s3://lake/in/orders_[0-9].txt" } }
    arguments_at_start = { "sales/daily" = ["mart_path"] }
    path_prefixes = { "sales/daily" = { mart_path = "s3://mart/runs{1}/" } }`,
	empty: `arguments = { "sales/daily" = { note = "" } }`,
}
/** The runs of each test file: Terraform leaves out what follows a plan that fails, and starts the provider anew for each file. */
const testFiles = [['good', 'later', 'lacking'], ['wrong'], ['stranger'], ['empty']]

/** The real provider, which asks AWS for nothing but the account when it plans new resources. */
const offline = `provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "111122223333" }
}
`
const run = (name: string, variables: string) => `run "${name}" {
  command = plan

  variables {
    scripts_bucket = "code"
    ${variables}
  }
}
`

type Json = Readonly<Record<string, unknown>>
interface Statement {
	readonly Sid?: string
	readonly Action: string | readonly string[]
	readonly Resource: string | readonly string[]
	readonly Condition?: Json
}
interface Planned {
	readonly address: string
	readonly change: { readonly after: Json }
}
interface Message {
	readonly '@testrun'?: string
	readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string }
	readonly test_plan?: { readonly resource_changes: readonly Planned[] }
}

describe.skipIf(reason !== undefined)(`Plans of the Terraform module${reason ? ` (skipped: ${reason})` : ''}`, () => {
	const root = mkdtempSync(path.join(tmpdir(), 'plan-'))
	const folder = path.join(root, 'terraform')
	let messages: readonly Message[] = []

	const terraform = (...args: readonly string[]) => {
		const env = { ...process.env, TF_CLI_CONFIG_FILE: path.join(root, 'cli.tfrc'), CHECKPOINT_DISABLE: '1' }
		return spawnSync('terraform', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 })
	}
	const write = (file: string, text: string) => {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
		writeFileSync(path.join(root, file), text)
	}
	const of = (name: string) => messages.filter((message) => message['@testrun'] === name)
	const errors = (name: string) =>
		of(name).flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic.detail] : []))
	const after = (name: string, address: string): Json => {
		const found = of(name)
			.flatMap(({ test_plan: plan }) => plan?.resource_changes ?? [])
			.find((change) => change.address === address)
		if (found === undefined) throw new Error(`${name} plans no ${address}: ${errors(name).join('; ')}`)
		return found.change.after
	}
	const policy = (name: string, key: string) => {
		const { policy: text } = after(name, `aws_iam_role_policy.job["${key}"]`)
		return (JSON.parse(String(text)) as { readonly Statement: readonly Statement[] }).Statement
	}
	const resources = (name: string, key: string, sid: string) => {
		const found = policy(name, key).find(({ Sid }) => Sid === sid)
		return found === undefined ? undefined : [found.Resource].flat().toSorted()
	}

	beforeAll(() => {
		write('cli.tfrc', `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`)
		for (const file of terraformFiles()) write(file.path, file.text)
		write('sales/jobs.json', JSON.stringify(jobs))
		for (const { script } of jobs.jobs) write(`sales/${script}`, `# ${script}\n`)
		for (const [index, names] of testFiles.entries()) {
			write(`terraform/${index}.tftest.hcl`, [offline, ...names.map((name) => run(name, cases[name] ?? ''))].join('\n'))
		}
		const initialised = terraform('init', '-no-color')
		if (initialised.status !== 0) throw new Error(initialised.stderr)
		const { stdout } = terraform('test', '-json', '-verbose')
		messages = stdout
			.split('\n')
			.filter((line) => line.startsWith('{'))
			.map((line) => JSON.parse(line) as Message)
	})
	afterAll(() => rmSync(root, { recursive: true }))

	it('is valid for the provider', () => {
		const { stdout } = terraform('validate', '-json')
		expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] })
	})

	it('passes on what has a value, and no empty argument', () => {
		expect(errors('good')).toEqual([])
		const glue = after('good', 'aws_glue_job.this["sales/daily"]')
		expect(glue['default_arguments']).toEqual({
			'--TempDir': 's3://code/etl/temp/sales/daily/',
			'--custom-logGroup-prefix': '/aws-glue/etl-sales-daily',
			'--enable-metrics': 'true',
			'--job-bookmark-option': 'job-bookmark-disable',
			'--extra-jars': 's3://code/jars/db2.jar',
			'--source_dir': 's3://lake/landing/daily',
			'--dir': 's3://other',
			'--warehouse_connection': 'wh',
			'--mart_path': 's3://mart/out/mart.csv',
		})
		expect(glue['connections']).toEqual(['wh'])
		expect(after('good', 'aws_glue_job.this["sales/plain"]')['connections']).toEqual([])
	})

	it('lets a job read what it reads: every version of its script, its drivers, the folder that a derived path begins with', () => {
		expect(resources('good', 'sales/daily', 'Read')).toEqual([
			'arn:aws:s3:::code/etl/scripts/sales/daily/*',
			'arn:aws:s3:::code/jars/db2.jar',
			'arn:aws:s3:::lake/landing/daily',
			'arn:aws:s3:::lake/landing/daily/*',
		])
		expect(resources('good', 'sales/plain', 'Read')).toEqual(['arn:aws:s3:::code/etl/scripts/sales/plain/*'])
	})

	it('lets a job write what it writes, and nothing else', () => {
		expect(resources('good', 'sales/daily', 'Write')).toEqual([
			'arn:aws:s3:::code/etl/temp/sales/daily/*',
			'arn:aws:s3:::mart/out/',
			'arn:aws:s3:::mart/out/mart.csv',
			'arn:aws:s3:::mart/out/mart.csv/*',
			'arn:aws:s3:::mart/out/mart.csv_$folder$',
		])
		const writers = policy('good', 'sales/daily').filter(({ Action }) => [Action].flat().includes('s3:PutObject'))
		expect(writers.map(({ Sid }) => Sid)).toEqual(['Write'])
	})

	it('lists each bucket below the prefixes that the job uses', () => {
		const lists = policy('good', 'sales/daily').filter(({ Action }) => Action === 's3:ListBucket')
		expect(Object.fromEntries(lists.map(({ Resource, Condition }) => [Resource, Condition]))).toEqual({
			'arn:aws:s3:::code': {
				StringLike: {
					's3:prefix': [
						...['etl/temp/sales/daily', 'etl/temp/sales/daily/*'],
						...['etl/', 'etl/temp/', 'etl/temp/sales/'],
					],
				},
			},
			'arn:aws:s3:::lake': { StringLike: { 's3:prefix': ['landing/daily', 'landing/daily/*', 'landing/'] } },
			'arn:aws:s3:::mart': { StringLike: { 's3:prefix': ['out/mart.csv', 'out/mart.csv/*', 'out/'] } },
		})
	})

	it('gives the connection of an argument and its secret, to the job that uses them only', () => {
		expect(resources('good', 'sales/daily', 'Connections')).toEqual([
			'arn:aws:glue:eu-west-1:111122223333:catalog',
			'arn:aws:glue:eu-west-1:111122223333:connection/wh',
		])
		expect(resources('good', 'sales/daily', 'Secrets')).toEqual([
			'arn:aws:secretsmanager:eu-west-1:111122223333:secret:wh-1',
		])
		expect(policy('good', 'sales/daily').map(({ Sid }) => Sid)).toContain('Network')
		expect(policy('good', 'sales/plain').map(({ Sid }) => Sid)).toEqual([
			'Read',
			'Write',
			'Buckets',
			undefined,
			'Logs',
			'Metrics',
		])
	})

	it('takes a JDBC URL for no connection, widens a pattern that IAM does not know, and takes a prefix for a path that runs are given', () => {
		expect(errors('later')).toEqual([])
		expect(after('later', 'aws_glue_job.this["sales/daily"]')['connections']).toEqual([])
		expect(resources('later', 'sales/daily', 'Connections')).toBeUndefined()
		expect(resources('later', 'sales/daily', 'Read')).toEqual([
			'arn:aws:s3:::code/etl/scripts/sales/daily/*',
			'arn:aws:s3:::lake/in/orders_*',
			'arn:aws:s3:::lake/in/orders_*/*',
		])
		expect(resources('later', 'sales/daily', 'Write')).toEqual([
			'arn:aws:s3:::code/etl/temp/sales/daily/*',
			'arn:aws:s3:::mart/runs{1}',
			'arn:aws:s3:::mart/runs{1}/*',
			'arn:aws:s3:::mart/runs{1}_$folder$',
		])
	})

	it('makes the log groups under both names that Glue may use, and lets the job write to them', () => {
		const names = [
			'/aws-glue/etl-sales-daily-etl-sales-daily-etl-glue/error',
			'/aws-glue/etl-sales-daily-etl-sales-daily-etl-glue/output',
			'/aws-glue/etl-sales-daily/error',
			'/aws-glue/etl-sales-daily/output',
		]
		for (const name of names) {
			expect(after('good', `aws_cloudwatch_log_group.job["${name}"]`)).toMatchObject({ name, retention_in_days: 365 })
		}
		const arns = names.map((name) => `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`)
		expect(resources('good', 'sales/daily', 'Logs')).toEqual(arns.map((arn) => `${arn}*`))
	})

	it('watches all its jobs by the prefix of their names', () => {
		const rule = after('good', 'aws_cloudwatch_event_rule.failed[0]')
		expect(JSON.parse(String(rule['event_pattern']))).toMatchObject({ detail: { jobName: [{ prefix: 'etl-' }] } })
	})

	it('fails on arguments that are missing, unknown or empty, and on jobs that are unknown', () => {
		expect(errors('lacking')).toEqual([
			'sales/daily lacks the arguments warehouse_connection, mart_path: give them in var.arguments, or name them in var.arguments_at_start.',
		])
		expect(errors('wrong')).toContain("sales/daily has no arguments mart_pth: see the job's arguments in jobs.json.")
		expect(errors('stranger')).toEqual(['No unit has the jobs sales/dialy that variables speak of.'])
		expect(errors('empty').join()).toContain('No argument may be empty: leave it out to take its default.')
	})

	it('fails on files whose place in S3 is not known', () => {
		expect(errors('wrong')).toContain(
			'sales/daily has files whose place in S3 is not known: give mart_path as s3:// URLs in var.arguments, or what they begin with in var.path_prefixes.',
		)
	})
})
