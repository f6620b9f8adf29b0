import { pipelineCompiler } from '#bot/compiler/compiler.ts'
import { folderCompiler } from '#cli/publish/folder-compiler.ts'
import { openPlace } from '#cli/publish/place.ts'
import type { Published } from '#cli/publish/publish.ts'
import { publish } from '#cli/publish/publish.ts'
import type { Config } from '#config/schema.ts'

const silent = { info: nothing, warn: nothing, error: nothing }

/** What `reglue migrate` wrote, into a plain git repository: for the demo and for tests. */
export async function publishFolder({
	folder,
	repository,
	config,
	signal,
}: {
	readonly folder: string
	readonly repository: string
	readonly config: Config
	readonly signal: AbortSignal
}): Promise<Extract<Published, { readonly kind: 'done' }>> {
	const place = await openPlace({ forge: 'local', repo: repository }, {}, signal)
	const rest = pipelineCompiler({ engine: () => undefined })
	try {
		const done = await publish({ place, config, compiler: folderCompiler(folder, rest), folder, log: silent, signal })
		if (done.kind === 'idle') throw new Error(done.text)
		return done
	} finally {
		rest.close()
		await place.close()
	}
}

function nothing(): void {
	// What goes wrong is in the result.
}
