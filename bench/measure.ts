/** Times and tables. All results are ratios of two times of the same run: seconds alone say more about the machine. */
import os from 'node:os'

/** Milliseconds of the fastest of several rounds, the one that was disturbed least. */
export async function fastest(rounds: number, work: () => unknown): Promise<number> {
	const times: number[] = []
	for (let round = 0; round < rounds; round++) {
		const start = performance.now()
		await work()
		times.push(performance.now() - start)
	}
	return Math.min(...times)
}

/** A Markdown table; the first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
	return [line(head), line(head.map((_cell, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

export const ratio = (time: number, base: number): string => `${(time / base).toFixed(time / base < 10 ? 1 : 0)} ×`

export const seconds = (milliseconds: number): string =>
	`${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 2 : 1)} s`

export function machine(): string {
	const [cpu] = os.cpus()
	const memory = Math.round(os.totalmem() / 2 ** 30)
	return `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${memory} GB, Node ${process.versions.node}`
}
