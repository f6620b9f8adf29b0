/** What the operator of the App says, once, for all repositories: one strict file, and secrets from elsewhere. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { logLevels } from './log/log.ts'

const port = z.int().min(0).max(65_535)

export const operatorSchema = z.strictObject({
	app: z
		.strictObject({
			id: z.int().min(1).optional().describe('Number of the App; or `APP_ID`.'),
			private_key_file: z.string().optional().describe('File with its private key; or the key in `PRIVATE_KEY`.'),
			webhook_secret_file: z.string().optional().describe('File with its webhook secret; or `WEBHOOK_SECRET`.'),
		})
		.prefault({})
		.describe('The App as it is registered on GitHub.'),
	github: z
		.strictObject({
			api: z.url().default('https://api.github.com').describe('Address of the API.'),
			git: z.url().default('https://github.com').describe('Address that repositories are cloned from.'),
		})
		.prefault({})
		.describe('Where GitHub is; for GitHub Enterprise Server `https://HOST/api/v3` and `https://HOST`.'),
	accounts: z
		.array(z.string())
		.optional()
		.describe('Owners of repositories that the App works for. Absent: whoever installs it.'),
	listen: z
		.strictObject({ host: z.string().default('127.0.0.1'), port: port.default(3000) })
		.prefault({})
		.describe(
			'Where GitHub’s deliveries come in, behind a proxy that speaks TLS: `POST /api/github/webhooks`, `GET /healthz`.',
		),
	metrics: z
		.strictObject({ host: z.string().default('127.0.0.1'), port: port.default(9464) })
		.prefault({})
		.describe('Where `GET /metrics` and `GET /healthz` answer, for those who watch the App.'),
	data: z
		.string()
		.default('reglue-data')
		.describe('Folder for the queue and for checkouts; on a disk of this machine.'),
	workers: z
		.strictObject({
			slow: z.int().min(1).max(64).default(2).describe('Pieces of work at a time; each may run Spark.'),
			quick: z.int().min(1).max(64).default(2).describe('Commands that only read, at a time.'),
		})
		.prefault({})
		.describe('How much is done at a time.'),
	attempts: z.int().min(1).max(20).default(5).describe('How often work is begun before it is given up.'),
	lease_seconds: z
		.number()
		.min(1)
		.max(600)
		.default(60)
		.describe('Seconds after which the work of a process that died is taken over.'),
	drain_seconds: z
		.number()
		.min(0)
		.max(3600)
		.default(30)
		.describe('Seconds that work under way is given to end after SIGTERM.'),
	sweep_minutes: z
		.number()
		.min(1)
		.max(1440)
		.default(60)
		.describe('Minutes between two looks at what may have been missed.'),
	engine: z
		.enum(['local', 'none'])
		.default('local')
		.describe('Where checks run jobs; `none`: nowhere, whatever a repository says.'),
	limits: z
		.strictObject({
			open_pull_requests: z
				.int()
				.min(1)
				.max(100)
				.default(10)
				.describe('Pull requests for new units at a time, in one repository.'),
			comments_per_hour: z
				.int()
				.min(1)
				.max(200)
				.default(60)
				.describe('Comments of the App in an hour, in one repository.'),
			body_mb: z.number().min(0.001).max(100).default(25).describe('Largest delivery; GitHub’s own limit is 25 MB.'),
			files: z.int().min(1).max(1_000_000).default(20_000).describe('Files of a repository that are read at most.'),
			file_mb: z.number().min(0.001).max(10_000).default(200).describe('Largest file that is read.'),
			checkout_mb: z
				.number()
				.min(0.001)
				.max(100_000)
				.default(2000)
				.describe('What is fetched at most for one piece of work.'),
			checkout_seconds: z.number().min(1).max(3600).default(300).describe('How long fetching may take.'),
		})
		.prefault({})
		.describe('What a repository may cost at most.'),
	log: z.enum(logLevels).default('info').describe('What is logged, as one JSON object a line on standard error.'),
})

export type Operator = z.infer<typeof operatorSchema>

export interface Credentials {
	readonly appId: number
	readonly privateKey: string
	readonly webhookSecret: string
}

export type OperatorResult =
	| { readonly ok: true; readonly operator: Operator; readonly credentials: Credentials }
	| { readonly ok: false; readonly problems: readonly string[] }

/** Shorter ones can be guessed from a single delivery. */
const shortestSecret = 16

/** Reads the file, and the secrets from the files that it names or from variables with the names that Probot uses. */
export function readOperator(
	file: string | undefined,
	environment: Readonly<Record<string, string | undefined>>,
): OperatorResult {
	const problems: string[] = []
	const text = file === undefined ? '' : attempt(() => readFileSync(file, 'utf8'), problems)
	const document = parseDocument(text ?? '', { prettyErrors: false, uniqueKeys: true })
	problems.push(...document.errors.map(({ message }) => `${file ?? ''}: ${message}`))
	const parsed = operatorSchema.safeParse(document.errors.length > 0 ? {} : (document.toJS() ?? {}))
	if (!parsed.success) {
		problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.') || (file ?? '')}: ${issue.message}`))
		return { ok: false, problems }
	}
	const operator = parsed.data
	const { app } = operator
	const read = (named: string | undefined, variable: string, key: string): string => {
		const given =
			named === undefined
				? environment[variable]
				: attempt(() => readFileSync(path.resolve(path.dirname(file ?? '.'), named), 'utf8'), problems)
		if (given === undefined || given.trim() === '') {
			problems.push(`app.${key}: there is none, and no ${variable} in the environment`)
			return ''
		}
		return given
	}
	const privateKey = read(app.private_key_file, 'PRIVATE_KEY', 'private_key_file').replaceAll('\\n', '\n')
	const webhookSecret = read(app.webhook_secret_file, 'WEBHOOK_SECRET', 'webhook_secret_file').trim()
	const appId = app.id ?? Number(environment['APP_ID'])
	if (!Number.isSafeInteger(appId)) problems.push('app.id: there is none, and no APP_ID in the environment')
	if (webhookSecret !== '' && webhookSecret.length < shortestSecret) {
		problems.push(`app.webhook_secret_file: the secret has fewer than ${shortestSecret} characters`)
	}
	if (privateKey !== '' && !privateKey.includes('PRIVATE KEY-----')) {
		problems.push('app.private_key_file: this is no private key in PEM')
	}
	if (problems.length > 0) return { ok: false, problems }
	return { ok: true, operator, credentials: { appId, privateKey, webhookSecret } }
}

function attempt(read: () => string, problems: string[]): string | undefined {
	try {
		return read()
	} catch (error) {
		problems.push(error instanceof Error ? error.message : String(error))
		return undefined
	}
}
