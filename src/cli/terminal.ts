/** What a person sees: results on stdout, everything about the way there on stderr. */
import type { ProgressResult } from '@clack/prompts'
import { progress } from '@clack/prompts'

export interface Terminal {
	/** A line of result, on stdout, also with `--quiet`. */
	result(text: string): void
	/** A line about what goes on. */
	note(text: string): void
	/** A line about what is wrong, also with `--quiet`. */
	problem(text: string): void
	/** A bar on a terminal, plain lines now and then elsewhere, nothing with `--quiet`. */
	progress(what: string, steps: number): Progress
}

export interface Progress {
	step(detail: string): void
	end(summary: string): void
}

export interface TerminalStreams {
	readonly out: { write(text: string): unknown }
	readonly error: { write(text: string): unknown; readonly isTTY?: boolean }
}

/** Lines between two plain progress lines: enough to see that it lives, few enough for a log. */
const plainLines = 10

export function terminal(streams: TerminalStreams, options: { readonly quiet: boolean }): Terminal {
	const write = (text: string) => void streams.error.write(`${text}\n`)
	return {
		result: (text) => void streams.out.write(`${text}\n`),
		note: (text) => {
			if (!options.quiet) write(text)
		},
		problem: write,
		progress: (what, steps) => {
			if (options.quiet) return { step: () => undefined, end: () => undefined }
			return streams.error.isTTY === true ? bar(what, steps) : plain(what, steps, write)
		},
	}
}

function bar(what: string, steps: number): Progress {
	const drawn: ProgressResult = progress({ max: Math.max(1, steps), output: process.stderr })
	drawn.start(what)
	return { step: (detail) => drawn.advance(1, `${what}: ${detail}`), end: (summary) => drawn.stop(summary) }
}

function plain(what: string, steps: number, write: (text: string) => void): Progress {
	const every = Math.max(1, Math.ceil(steps / plainLines))
	let done = 0
	return {
		step: (detail) => {
			done++
			if (done % every === 0 && done < steps) write(`${what}: ${done} of ${steps} (${detail})`)
		},
		end: write,
	}
}
