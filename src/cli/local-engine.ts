import { availableParallelism, totalmem } from 'node:os'
import path from 'node:path'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import type { Engine } from '#engines/port.ts'
import type { CommandContext } from './command.ts'

/** Where environments, drivers and evidence are kept, below the working directory. */
export const cacheFolder = path.join('.cache', 'reglue')

/** Two small jobs at a time keep two cores busy, where the machine has the memory for two JVMs beside everything else. */
export const warmWorkers = (): number => (availableParallelism() > 1 && totalmem() >= 8 * 2 ** 30 ? 2 : 1)

/** Spark on this machine; nothing starts before the first run. */
export function localEngine(
	{ terminal, signal }: CommandContext,
	options: { readonly glueVersion?: string; readonly size?: number; readonly longLived?: boolean } = {},
): Engine {
	return createLocalSpark({
		cacheFolder: path.resolve(cacheFolder),
		glueVersion: options.glueVersion === '6.0' ? '6.0' : '5.1',
		size: options.size ?? 1,
		longLived: options.longLived === true,
		onProgress: (message) => terminal.note(message),
		signal,
	})
}
