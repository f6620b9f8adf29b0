/** A child process of the pool: one piece of work in a folder a message. */
import { stepDone } from './child-pool.ts'
import type { RootedRequest } from './rooted-work.ts'
import { workInRoot } from './rooted-work.ts'

process.on('message', (request: RootedRequest) => {
	process.send?.(workInRoot(request, () => void process.send?.(stepDone)))
})
