/** Clone, fetch and push over HTTP, by git's own `http-backend`, with the twin's tokens. */
import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { atLeast, authenticate, roleOf } from './access.ts'
import { gitEnvironment } from './git.ts'
import { dropRef, listRefs, setRef } from './git-refs.ts'
import type { Actor } from './operation.ts'
import { inTurn, refMoved } from './ref-moves.ts'
import { Refusal } from './refusal.ts'
import type { Repository, World } from './state.ts'

const pattern = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/

export function isGitRequest(url: URL): boolean {
	return pattern.test(url.pathname)
}

export async function serveGit(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
): Promise<void> {
	const [, owner = '', name = '', action = ''] = pattern.exec(url.pathname) ?? []
	const pushing = action === 'git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack'
	try {
		const actor = authenticate(world, request.headers.authorization)
		const repository = world.repositories.get(`${owner}/${name}`.toLowerCase())
		checkGitAccess(world, actor, repository, pushing)
		if (repository === undefined) throw new Refusal(404, 'Not Found')
		const work = () => backend(world, repository, actor, request, response, url, action)
		if (pushing && action === 'git-receive-pack') {
			await inTurn(repository, async () => {
				const before = await listRefs(repository.folder)
				await work()
				await afterPush(world, repository, actor, before)
			})
		} else await work()
		// The answer to a push ends only when its events are out, so that a test sees them at once.
		response.end()
	} catch (error) {
		const status = error instanceof Refusal ? error.status : 500
		if (response.headersSent) return void response.end()
		const ask = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}
		response.writeHead(status, { 'content-type': 'text/plain', ...ask }).end(String(error))
	}
}

/** Git asks without credentials first; 401 makes it send them. */
function checkGitAccess(world: World, actor: Actor, repository: Repository | undefined, pushing: boolean): void {
	const open = repository !== undefined && !repository.private && !pushing
	if (open) return
	if (actor.kind === 'anonymous') throw new Refusal(401, 'Authentication required')
	if (repository === undefined || actor.kind === 'app') throw new Refusal(404, 'Repository not found.')
	if (actor.kind === 'installation') {
		if (!actor.repositories.has(repository.id)) throw new Refusal(404, 'Repository not found.')
		const { contents } = actor.permissions
		if (contents === undefined || (pushing && contents !== 'write')) {
			throw new Refusal(403, `Permission to ${repository.owner}/${repository.name}.git denied.`)
		}
	} else {
		const role = roleOf(world, repository, actor.user.login)
		if (role === undefined) throw new Refusal(404, 'Repository not found.')
		if (pushing && !atLeast(role, 'write'))
			throw new Refusal(403, `Permission to ${repository.owner}/${repository.name}.git denied.`)
	}
	if (pushing && repository.archived) throw new Refusal(403, 'This repository was archived so it is read-only.')
}

function backend(
	world: World,
	repository: Repository,
	actor: Actor,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
	action: string,
): Promise<void> {
	const header = (name: string): string => String(request.headers[name] ?? '')
	const child = spawn('git', ['http-backend'], {
		env: {
			...gitEnvironment,
			GIT_PROJECT_ROOT: world.folder,
			GIT_HTTP_EXPORT_ALL: '1',
			PATH_INFO: `/${path.relative(world.folder, repository.folder)}/${action}`,
			QUERY_STRING: url.searchParams.toString(),
			REQUEST_METHOD: request.method ?? 'GET',
			CONTENT_TYPE: header('content-type'),
			HTTP_CONTENT_ENCODING: header('content-encoding'),
			GIT_PROTOCOL: header('git-protocol'),
			REMOTE_USER: actor.name,
			...(request.headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: header('content-length') }),
		},
	})
	request.pipe(child.stdin)
	child.stdin.on('error', () => undefined)
	child.stderr.resume()
	return new Promise((resolve, reject) => {
		let head = Buffer.alloc(0)
		let answering = false
		child.stdout.on('data', (part: Buffer) => {
			if (answering) return void response.write(part)
			head = Buffer.concat([head, part])
			const end = head.indexOf('\r\n\r\n')
			if (end < 0) return
			answering = true
			writeHead(response, head.subarray(0, end).toString('latin1'))
			response.write(head.subarray(end + 4))
		})
		child.on('error', reject)
		child.on('close', () => resolve())
	})
}

function writeHead(response: ServerResponse, head: string): void {
	const fields = head.split('\r\n').map((line): readonly [string, string] => {
		const colon = line.indexOf(':')
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
	})
	const status = fields.find(([name]) => name === 'status')?.[1] ?? '200'
	response.writeHead(Number.parseInt(status, 10), Object.fromEntries(fields.filter(([name]) => name !== 'status')))
}

/** What the push moved; a protected branch is put back, as a person would have been refused. */
async function afterPush(
	world: World,
	repository: Repository,
	actor: Actor,
	before: ReadonlyMap<string, string>,
): Promise<void> {
	const after = await listRefs(repository.folder)
	const login = actor.user?.login ?? 'ghost'
	const admin = atLeast(roleOf(world, repository, login), 'admin')
	for (const ref of new Set([...before.keys(), ...after.keys()])) {
		const move = { ref, before: before.get(ref), after: after.get(ref) }
		if (move.before === move.after) continue
		if (repository.protectedBranches.has(ref.replace('refs/heads/', '')) && !admin) {
			if (move.before === undefined) await dropRef(repository.folder, ref)
			else await setRef(repository.folder, ref, move.before)
		} else {
			world.clock.tick()
			await refMoved(world, repository, move, login)
		}
	}
}
