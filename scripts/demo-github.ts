/**
 * The GitHub App, played with on this machine: a GitHub of our own (the twin of the tests), `reglue serve` as a process
 * of its own, and a person who pushes an export with real git and asks a question. `npm run demo:github` shows the pull
 * request, its check and the answer here and as a page in out/demo-github; `-- --stay` keeps everything running after.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { as } from '../test/support/github-twin/people.ts'
import type { Repository } from '../test/support/github-twin/state.ts'
import { startTwin } from '../test/support/github-twin/twin.ts'
import { serveProcess } from './demo/app-process.ts'
import { commentsOf, lastCheck, openPull, until } from './demo/conversation.ts'
import { renderPage } from './demo/github-page.ts'
import { pushExports } from './demo/push-exports.ts'
import { root } from './rules/tree.ts'

process.chdir(root)
const out = path.resolve('out/demo-github')
const exported = 'examples/datastage-retail/daily_sales.dsx'
const question = '/migrate explain DailySales'
/** The first time Spark is fetched on the way. */
const minutes = 15

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const begun = performance.now()
const twin = await startTwin()
const app = await serveProcess(twin, out)
try {
	await play()
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : String(error)}`)
	console.error(`The App’s log is in ${path.relative(root, app.log)}.`)
	process.exitCode = 1
} finally {
	if (process.argv.includes('--stay')) {
		console.log(`\nGitHub stays at ${twin.url}, the App at ${app.url}; Ctrl-C ends both.`)
		await new Promise((resolve) => process.once('SIGINT', resolve))
	}
	await app.end()
	await twin.close()
}

async function play(): Promise<void> {
	const token = twin.person('dana')
	const repository = await twin.repository('acme/retail', { collaborators: { dana: 'write' } })
	twin.webhooks.target(app.webhook, true)
	twin.install(repository)
	title('1. Dana pushes an export, with git')
	await pushExports({
		address: `${twin.url}/acme/retail.git`,
		token,
		folder: path.join(out, 'retail'),
		files: [exported],
	})
	console.log(`    ${exported} is on main of acme/retail; the App is installed`)

	title('2. The App opens a pull request')
	const pull = await until(minutes, 'pull request', () => openPull(repository))
	console.log(`    #${pull.number} ${pull.title}\n    branch ${pull.branch}`)

	title('3. Its check runs the job, and the interpreter of the old job, on the same rows')
	const check = await until(minutes, 'check', () => lastCheck(repository))
	console.log(`    ${check.conclusion}: ${check.title}`)
	console.log(indented(check.summary.split('\n').slice(0, 14).join('\n')))

	title(`4. Dana asks: ${question}`)
	await as(twin, 'dana').comment(repository, pull.number, question)
	const answer = await until(minutes, 'answer', () =>
		commentsOf(repository, pull.number).find(({ author }) => author === 'reglue[bot]'),
	)
	console.log(indented(visible(answer.body)))
	page(repository, pull.number)
}

function page(repository: Repository, number: number): void {
	const pull = openPull(repository)
	const check = lastCheck(repository)
	if (pull === undefined || check === undefined) throw new Error('the pull request is not open any more')
	const file = path.join(out, 'index.html')
	writeFileSync(file, renderPage({ repository: 'acme/retail', pull, check, comments: commentsOf(repository, number) }))
	title('Where to look')
	console.log(`    the conversation as a page   ${path.relative(root, file)}`)
	console.log(`    the App’s log                ${path.relative(root, app.log)}`)
	console.log(
		`    the branch                   git -C ${path.relative(root, path.join(out, 'retail'))} log origin/${pull.branch}`,
	)
	console.log(`\nAll as it should be, in ${((performance.now() - begun) / 1000).toFixed(0)} s.`)
}

function title(text: string): void {
	console.log(`\n${text}`)
}

/** Without what GitHub does not show. */
function visible(markdown: string): string {
	return markdown.replace(/<!--[\s\S]*?-->/g, '').trim()
}

function indented(text: string): string {
	return text.replace(/^/gm, '    ')
}
