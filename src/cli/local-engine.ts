import path from 'node:path'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import type { Engine } from '#engines/port.ts'
import type { CommandContext } from './command.ts'

/** Where environments, drivers and evidence are kept, below the working directory. */
export const cacheFolder = path.join('.cache', 'reglue')

/** Spark on this machine; nothing starts before the first run. */
export function localEngine(
	{ terminal, signal }: CommandContext,
	options: { readonly glueVersion?: string; readonly size?: number } = {},
): Engine {
	return createLocalSpark({
		cacheFolder: path.resolve(cacheFolder),
		glueVersion: options.glueVersion === '6.0' ? '6.0' : '5.1',
		size: options.size ?? 1,
		onProgress: (message) => terminal.note(message),
		signal,
	})
}
