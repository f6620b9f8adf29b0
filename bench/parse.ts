/**
 * Reading and generating, as ratios to merely parsing the same XML with saxes, or splitting the same DSX text.
 * `npm run bench -- parse [FOLDER]`; without a folder the corpus beside the project, or the examples.
 */
import { existsSync, readFileSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { defaultConfig } from '#config/schema.ts'
import { discover } from '#pipeline/discover.ts'
import { readExports } from '#pipeline/read-exports.ts'
import { workOnUnit } from '#pipeline/unit-work.ts'
import { fastest, ratio, seconds, table } from './measure.ts'

interface Times {
	files: number
	bytes: number
	jobs: number
	base: number
	read: number
	all: number
	/** Files that the base cannot parse: left out of every other column. */
	skipped: number
}

const corpus = '../shared/corpus'

export async function benchParse(given?: string): Promise<string> {
	const folder = given ?? (existsSync(corpus) ? corpus : 'examples')
	const { units } = discover([folder], defaultConfig.unit)
	const formats = { dsx: none(), dtsx: none() }
	// The first work of a process compiles what it runs and loads ruff; no file shall pay for it.
	for (const unit of discover(['examples'], defaultConfig.unit).units)
		for (const file of unit.files) await measureFile(file, unit, none())
	for (const { files, companions, name } of units) {
		for (const file of files) {
			const times = file.toLowerCase().endsWith('.dsx') ? formats.dsx : formats.dtsx
			await measureFile(file, { name, files: [file], companions }, times)
		}
	}
	const rows = Object.entries(formats).map(([format, times]) => [
		`.${format}`,
		String(times.files),
		(times.bytes / 2 ** 20).toFixed(1),
		String(times.jobs),
		seconds(times.base),
		times.files === 0 ? '–' : ratio(times.read, times.base),
		times.files === 0 ? '–' : ratio(times.all, times.base),
		String(times.skipped),
	])
	const head = ['format', 'files', 'MB', 'jobs', 'mere parsing', 'read', 'read + generate', 'left out']
	return `Exports below ${folder}:\n\n${table(head, rows)}`
}

const none = (): Times => ({ files: 0, bytes: 0, jobs: 0, base: 0, read: 0, all: 0, skipped: 0 })

async function measureFile(file: string, unit: Parameters<typeof workOnUnit>[0]['unit'], times: Times): Promise<void> {
	const bytes = readFileSync(file)
	const isXml = file.toLowerCase().endsWith('.dtsx')
	const base = await fastest(3, () => (isXml ? parseXml(bytes) : splitText(bytes))).catch(() => undefined)
	if (base === undefined) {
		times.skipped++
		return
	}
	let jobs = 0
	const read = await fastest(3, () => {
		jobs = readExports(unit.files, unit.companions).jobs.length
	})
	const all = await fastest(1, () => workOnUnit({ unit, config: defaultConfig, generate: true }))
	times.files++
	times.bytes += bytes.length
	times.jobs += jobs
	times.base += base
	times.read += read
	times.all += all
}

/** All that a reader of any XML has to do: decode, and meet every tag and text. */
function parseXml(bytes: Uint8Array): number {
	let count = 0
	const parser = new SaxesParser({ xmlns: true, position: true })
	parser.on('opentag', () => {
		count++
	})
	parser.on('text', (text) => {
		count += text.length
	})
	parser.write(new TextDecoder('utf-8').decode(bytes)).close()
	return count
}

/** All that a reader of DSX text has to do: decode, and part each line into name and value. */
function splitText(bytes: Uint8Array): number {
	let count = 0
	for (const line of new TextDecoder('utf-8').decode(bytes).split('\n'))
		count += /^\s*(\w+)(?: "(.*?)"?)?\s*$/.exec(line)?.[2]?.length ?? 0
	return count
}
