/** A child process of the pool: one unit a message. */
import { stepDone } from './child-pool.ts'
import type { UnitRequest } from './unit-work.ts'
import { workOnUnit } from './unit-work.ts'

process.on('message', (request: UnitRequest) => {
	process.send?.(workOnUnit(request, () => void process.send?.(stepDone)))
})
