import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Assets } from '#report/document.ts'

const folder = fileURLToPath(new URL('../report/assets', import.meta.url))
const asset = (name: string): string => readFileSync(path.join(folder, name), 'utf8')

/** Style sheets in the order in which they count. */
const sheets = ['base', 'portfolio', 'job', 'pictures', 'code', 'narrow'] as const

/** The report's style and program, as they lie beside its generator. */
export function reportAssets(): Assets {
	return { style: sheets.map((name) => asset(`${name}.css`)).join('\n'), script: asset('report.js') }
}
