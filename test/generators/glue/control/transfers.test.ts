import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { Task, TransferTask } from '#model/control-flow.ts'
import { boolean, text } from '#model/types.ts'
import { startFtpServer } from '../../../support/ftp-server.ts'
import { base, job, literal, sourced } from '../../../support/model-builder.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const said = (value: string | boolean) => sourced(literal(value), `${value}`)
const transfer = (name: string, changes: Partial<TransferTask>): TransferTask => ({
	id: name,
	element: name,
	name,
	disabled: false,
	provenance: base(name).provenance,
	kind: 'file-transfer',
	operation: 'receive',
	connection: 'Shop',
	remote: said('/out'),
	overwrite: false,
	asText: false,
	mayFail: false,
	...changes,
})
/** Tasks one after another. */
const packageOf = (...tasks: readonly Task[]) =>
	job([], {
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
		variables: [
			{ name: 'User::Keep', type: boolean, initial: literal(true, boolean), provenance: base('Keep').provenance },
			{ name: 'User::Path', type: text(), initial: literal('/out/a*.csv'), provenance: base('Path').provenance },
		],
	})

describe('tasks that work on a file server', () => {
	it('ask of it what the reference asks, and fail with it', async () => {
		const path = sourced({ kind: 'variable', name: 'User::Path', type: text() }, '@[User::Path]')
		const keeps = sourced({ kind: 'variable', name: 'User::Keep', type: boolean }, '@[User::Keep]')
		const fetch = transfer('Fetch', { remote: path, local: said('C:\\in'), overwrite: true, asText: true })
		const { proof, script } = await proveJob(
			engine,
			packageOf(
				fetch,
				transfer('Send', { operation: 'send', local: said('C:\\done.txt'), mayFail: true }),
				transfer('Clear', { operation: 'delete', remote: path }),
				transfer('Make', { operation: 'create-folder' }),
				transfer('Remove', { operation: 'remove-folder' }),
				transfer('Fetch all', { remote: path, local: said('C:\\in\\'), overSsh: { removes: keeps } }),
				transfer('Put', { operation: 'send', local: said('C:\\a.txt'), overSsh: { removes: said(false) } }),
			),
		)
		expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
		expect(proof.report.effects_compared).toBeGreaterThanOrEqual(3 * 7)
		expect(script).toContain('ftp_delete(params["shop_connection"], variables.path)')
		expect(script).toContain('remove=variables.keep')
	})

	it('move files between a real server and a folder', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'reglue-ftp-'))
		const server = await startFtpServer({
			'/out/a1.csv': '1\r\n',
			'/out/A2.csv': '2',
			'/out/b.csv': '3',
			'/done/old': '',
		})
		try {
			await writeFile(path.join(folder, 'done.txt'), 'all\r\nof it')
			const model = packageOf(
				transfer('Fetch', { remote: said('/out/a*.csv'), local: said('1') }),
				transfer('Again', { remote: said('/out/a*.csv'), local: said('1'), mayFail: true }),
				transfer('Clear', { operation: 'delete', remote: said('/out/a*.csv') }),
				transfer('Send', { operation: 'send', remote: said('/done'), local: said('2'), asText: true }),
				transfer('Make', { operation: 'create-folder', remote: said('/new') }),
				transfer('Nothing', { remote: said('/out/none*'), local: said('1') }),
			)
			const { artifacts } = generate({ name: 'unit', jobs: [model] }, defaultOptions)
			const script = path.join(folder, 'script.py')
			await writeFile(script, artifacts.find((one) => one.path.includes('glue_jobs'))?.text ?? '')
			const args = {
				shop_connection: server.url,
				fetch_destination: folder,
				again_destination: folder,
				send_source: path.join(folder, 'done.txt'),
				nothing_destination: folder,
			}
			const outcome = await engine.run({ script, args })
			expect(JSON.stringify(outcome)).toContain('no file on the server fits /out/none*')
			expect(await readFile(path.join(folder, 'a1.csv'), 'utf8')).toBe('1\r\n')
			expect(await readFile(path.join(folder, 'A2.csv'), 'utf8')).toBe('2')
			expect(Object.fromEntries(server.files)).toEqual({
				'/out/b.csv': '3',
				'/done/old': '',
				'/done/done.txt': 'all\r\nof it',
				'/new/.': '',
			})
			expect(server.types).toContain('I')
			expect(server.types.at(-2)).toBe('A')
		} finally {
			server.close()
			await rm(folder, { recursive: true, force: true })
		}
	})
})
