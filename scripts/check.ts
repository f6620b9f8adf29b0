/**
 * Everything that must hold before a change is merged: format, lint, types, the project's own rules, printed
 * documents, tests, and that none of this changed the tree. All steps run, each failure is named at the end, and the
 * last line is the count of tests.
 *
 * `npm run check -- types tests` runs only the named steps.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { root } from './rules/tree.ts'

const bin = (name: string): string => `node_modules/.bin/${name}`

const steps = {
	format: [bin('biome'), 'check', '--error-on-warnings', '--max-diagnostics=200'],
	'type-aware lint': [bin('oxlint'), '--type-aware', '--deny-warnings'],
	types: [bin('tsc')],
	layers: ['node', 'scripts/check-rules.ts', 'layers'],
	purity: ['node', 'scripts/check-rules.ts', 'purity'],
	'file size': ['node', 'scripts/check-rules.ts', 'file-size'],
	dependencies: ['node', 'scripts/check-rules.ts', 'dependencies'],
	'unused code': [bin('knip')],
	'printed documents': ['node', 'scripts/write-docs.ts', '--check'],
	bundle: ['node', 'scripts/bundle.ts', '--check'],
	tests: [bin('vitest'), 'run'],
} as const satisfies { readonly [name: string]: readonly string[] }

const countLine = /^\d+ passed, \d+ failed, \d+ skipped$/

type Outcome = { readonly name: string; readonly passed: boolean; readonly output: string }

const wanted = process.argv.slice(2)
const chosen = Object.entries(steps).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const unknown = wanted.filter((name) => !Object.hasOwn(steps, name))
if (unknown.length > 0) {
	console.error(`There is no step ${unknown.join(', ')}; the steps are ${Object.keys(steps).join(', ')}.`)
	process.exit(2)
}

const before = treeState()
const outcomes: Outcome[] = []
for (const [name, command] of chosen) outcomes.push(await runStep(name, command))
if (treeState() !== before) {
	console.log('✗ clean tree: the checks changed files of the project; look at git status.')
	outcomes.push({ name: 'clean tree', passed: false, output: '' })
}

const failed = outcomes.filter(({ passed }) => !passed).map(({ name }) => name)
console.log(failed.length === 0 ? `\nAll ${outcomes.length} steps passed.` : `\nFailed: ${failed.join(', ')}.`)
const counted = outcomes.flatMap(({ output }) => output.split('\n').filter((line) => countLine.test(line))).at(-1)
if (counted !== undefined) console.log(counted)
process.exitCode = failed.length === 0 ? 0 : 1

/** Runs one step; what it prints is shown when it fails, and always for the tests, which take longest. */
async function runStep(name: string, [command = '', ...args]: readonly string[]): Promise<Outcome> {
	const start = performance.now()
	const live = name === 'tests'
	const { code, output } = await run(command, args, live)
	const seconds = ((performance.now() - start) / 1000).toFixed(1)
	console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
	if (code !== 0 && !live) console.log(output.replace(/^/gm, '    '))
	return { name, passed: code === 0, output }
}

function run(
	command: string,
	args: readonly string[],
	live: boolean,
): Promise<{ readonly code: number | null; readonly output: string }> {
	const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
	const chunks: Buffer[] = []
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			chunks.push(chunk)
			if (live) process.stdout.write(chunk)
		})
	}
	return new Promise((resolve, reject) => {
		child.on('error', reject)
		child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }))
	})
}

/** A digest of everything git sees as changed, so that a check on a half-finished change can tell its own traces. */
function treeState(): string {
	const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: root, maxBuffer: 2 ** 30 }).stdout
	return createHash('sha256').update(git('status', '--porcelain')).update(git('diff', 'HEAD')).digest('hex')
}
