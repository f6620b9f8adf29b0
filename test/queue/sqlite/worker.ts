/** A process that takes what it can get from a shared queue and says what it got; see processes.test.ts. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteStore } from '#queue/sqlite/store.ts'

const [file = '', owner = ''] = process.argv.slice(2)
const store = sqliteStore({ file })
for (;;) {
	const claim = await store.claim({ pool: 'write', owner, lease: 60_000 })
	if (claim === undefined) break
	process.stdout.write(`${claim.content} ${claim.fence} ${owner}\n`)
	await sleep(5)
	await store.finish(claim, 'done')
}
store.close()
