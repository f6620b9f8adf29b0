import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import { dsxJob, header, importText } from '../../support/dsx-builder.ts'
import { command, jobActivity, sequenceText } from '../../support/sequence-builder.ts'

const mirror = process.env['REGLUE_TERRAFORM_MIRROR'] ?? '/opt/tf-plugins'
const reason =
	!existsSync(mirror) || spawnSync('terraform', ['version']).error !== undefined
		? `no terraform, or no mirror of the AWS provider at ${mirror} (REGLUE_TERRAFORM_MIRROR)`
		: undefined

/** A sequence that starts a job of the unit, a job that no unit holds, and another sequence, and removes a file. */
const text = [
	header,
	dsxJob({ name: 'Load', stages: [{ name: 'Gen', type: 'PxRowGenerator' }] }),
	sequenceText({ name: 'Inner', activities: [jobActivity('Load')], triggers: [] }),
	sequenceText({
		parameters: { Dir: 's3://lake/in' },
		activities: [
			jobActivity('Load', {}, { Jobname: 'Load' }),
			jobActivity('Away'),
			jobActivity('Inner'),
			command('Remove', 'rm -f "#Dir#/x.txt"'),
		],
		triggers: ['Load > Away', 'Away > Inner', 'Inner > Remove'],
	}),
].join('\n')

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

# The provider asks AWS to validate each definition when it plans.
override_resource {
  target = aws_sfn_state_machine.this
}
`
const given = {
	good: 'external_jobs = { Away = "away-job" }\n    state_machine_files = { "unit/nightly" = ["s3://lake/in/"] }',
	lacking: '',
} as const

interface Message {
	readonly '@testrun'?: string
	readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string }
	readonly test_plan?: {
		readonly resource_changes: readonly {
			readonly address: string
			readonly change: { readonly after: Readonly<Record<string, unknown>> }
		}[]
	}
}

describe.skipIf(reason !== undefined)(`State machines in Terraform${reason ? ` (skipped: ${reason})` : ''}`, () => {
	const root = mkdtempSync(path.join(tmpdir(), 'machines-'))
	let messages: readonly Message[] = []

	const write = (file: string, content: string): void => {
		mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
		writeFileSync(path.join(root, file), content)
	}
	const after = (address: string): Readonly<Record<string, unknown>> => {
		const found = messages
			.flatMap(({ test_plan: plan }) => plan?.resource_changes ?? [])
			.find((change) => change.address === address)
		if (found === undefined)
			throw new Error(`no ${address}: ${JSON.stringify(messages.flatMap(({ diagnostic }) => diagnostic ?? []))}`)
		return found.change.after
	}

	beforeAll(() => {
		const { jobs } = importText(text)
		for (const { path: file, text: content } of generate({ name: 'unit', jobs }, defaultOptions).artifacts)
			write(file, content)
		write('cli.tfrc', `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`)
		const runs = Object.entries(given).map(
			([name, variables]) =>
				`run "${name}" {\n  command = plan\n\n  variables {\n    scripts_bucket = "code"\n    ${variables}\n  }\n}\n`,
		)
		write('terraform/0.tftest.hcl', [offline, ...runs].join('\n'))
		const env = { ...process.env, TF_CLI_CONFIG_FILE: path.join(root, 'cli.tfrc'), CHECKPOINT_DISABLE: '1' }
		const terraform = (...args: readonly string[]) =>
			spawnSync('terraform', args, { cwd: path.join(root, 'terraform'), env, encoding: 'utf8', maxBuffer: 1 << 28 })
		terraform('init', '-input=false', '-no-color')
		const { stdout } = terraform('test', '-json', '-verbose', '-no-color')
		messages = stdout
			.split('\n')
			.filter((line) => line.startsWith('{'))
			.map((line) => JSON.parse(line) as Message)
	}, 300_000)

	afterAll(() => rmSync(root, { recursive: true, force: true }))

	it('fill in what each machine starts', () => {
		const definition = JSON.stringify(
			JSON.parse(String(after('aws_sfn_state_machine.this["unit/nightly"]')['definition'])),
		)
		expect(definition).toContain('"JobName":"etl-unit-load"')
		expect(definition).toContain('"JobName":"away-job"')
		expect(definition).toContain(
			'"StateMachineArn":"arn:aws:states:eu-west-1:111122223333:stateMachine:etl-unit-inner"',
		)
	})

	it('may start these, and touch those files, and nothing else', () => {
		const { policy } = after('aws_iam_role_policy.machine["unit/nightly"]')
		const { Statement: statements } = JSON.parse(String(policy)) as {
			readonly Statement: readonly { readonly Sid: string; readonly Resource: string | readonly string[] }[]
		}
		expect(Object.fromEntries(statements.map(({ Sid, Resource }) => [Sid, [Resource].flat().toSorted()]))).toEqual({
			Jobs: [
				'arn:aws:glue:eu-west-1:111122223333:job/away-job',
				'arn:aws:glue:eu-west-1:111122223333:job/etl-unit-load',
			],
			Machines: ['arn:aws:states:eu-west-1:111122223333:stateMachine:etl-unit-inner'],
			Executions: ['arn:aws:states:eu-west-1:111122223333:execution:etl-unit-inner:*'],
			Events: ['arn:aws:events:eu-west-1:111122223333:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'],
			Files: ['arn:aws:s3:::lake/in/*'],
			Listing0: ['arn:aws:s3:::lake'],
			Logs: ['*'],
		})
	})

	it('are refused while a job or a place of files is not known', () => {
		const details = messages
			.filter((message) => message['@testrun'] === 'lacking')
			.flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic.detail] : []))
		expect(details.join('\n')).toContain('starts Away, which no unit holds')
		expect(details.join('\n')).toContain('works on files')
	})
})
