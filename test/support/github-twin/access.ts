/** Who calls, and what they may do: App tokens, installation tokens with their permissions, and people. */
import { createVerify } from 'node:crypto'
import type { Access, Actor } from './operation.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Level, Repository, Role, Token, World } from './state.ts'

const roles: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin']

/** @throws Refusal 401 for a token that is unknown, expired or wrongly signed */
export function authenticate(world: World, header: string | undefined): Actor {
	if (header === undefined) return { kind: 'anonymous', user: undefined, name: 'anonymous' }
	const credential = credentialOf(header)
	if (credential.split('.').length === 3 && !credential.startsWith('gh')) return appActor(world, credential)
	const token = world.tokens.get(credential)
	if (token === undefined) throw new Refusal(401, 'Bad credentials')
	if (token.kind === 'user') {
		const user = userNamed(world, token.login)
		return { kind: 'user', user, name: user.login }
	}
	return installationActor(world, token)
}

/** `bearer T`, `token T`, or the password of basic authentication, which is what git sends. */
function credentialOf(header: string): string {
	const [scheme = '', value = ''] = header.split(' ')
	if (scheme.toLowerCase() !== 'basic') return value
	const decoded = Buffer.from(value, 'base64').toString('utf8')
	return decoded.slice(decoded.indexOf(':') + 1)
}

function appActor(world: World, jwt: string): Actor {
	const [head = '', claims = '', signature = ''] = jwt.split('.')
	const verify = createVerify('RSA-SHA256').update(`${head}.${claims}`)
	if (!verify.verify(world.app.publicKey, Buffer.from(signature, 'base64url'))) {
		throw new Refusal(401, 'A JSON web token could not be decoded')
	}
	const { iss, exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))
	const now = Date.now() / 1000
	if (Number(iss) !== world.app.id) throw new Refusal(404, 'Integration not found')
	if (exp < now || exp > now + 660 || iat > now + 60) {
		throw new Refusal(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time")
	}
	return { kind: 'app', user: undefined, name: world.app.slug }
}

function installationActor(world: World, token: Extract<Token, { kind: 'installation' }>): Actor {
	const installation = world.installations.get(token.installation)
	if (installation === undefined || token.expires < Date.now()) throw new Refusal(401, 'Bad credentials')
	if (installation.suspended) throw new Refusal(403, 'This installation has been suspended')
	const chosen = token.repositories?.filter((id) => installation.repositories.has(id))
	return {
		kind: 'installation',
		user: userNamed(world, `${world.app.slug}[bot]`),
		name: `installation ${installation.id}`,
		installation,
		permissions: token.permissions,
		repositories: new Set(chosen ?? installation.repositories),
	}
}

export function userNamed(world: World, login: string) {
	const user = world.users.get(login.toLowerCase())
	if (user === undefined) throw notFound()
	return user
}

/** What a person may do in a repository; undefined where it is not even visible. */
export function roleOf(world: World, repository: Repository, login: string): Role | undefined {
	const granted = repository.collaborators.get(login.toLowerCase())
	if (login.toLowerCase() === repository.owner.toLowerCase()) return 'admin'
	if (granted !== undefined) return granted
	return repository.private || !world.users.has(login.toLowerCase()) ? undefined : 'read'
}

export function atLeast(role: Role | undefined, wanted: Role): boolean {
	return role !== undefined && roles.indexOf(role) >= roles.indexOf(wanted)
}

/** @throws Refusal 401, 403 or 404, as GitHub would: what is not visible does not exist */
export function checkAccess(world: World, actor: Actor, access: Access, repository: Repository | undefined): void {
	if (access === 'anyone') return
	if (access === 'app') {
		if (actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
		return
	}
	if (access === 'installation') {
		if (actor.kind !== 'installation') throw new Refusal(403, 'You must authenticate with an installation access token')
		return
	}
	if (repository === undefined) throw notFound()
	if (!mayDo(world, actor, repository, 'read')) throw notFound()
	if (actor.kind === 'installation') checkPermission(actor, access.level, access.of)
	else if (!mayDo(world, actor, repository, access.level))
		throw new Refusal(403, 'Must have push access to repository.')
	if (access.level === 'write' && repository.archived) {
		throw new Refusal(403, 'Repository was archived so is read-only.')
	}
}

function mayDo(world: World, actor: Actor, repository: Repository, level: Level): boolean {
	if (actor.kind === 'app') return false
	if (actor.kind === 'anonymous') return level === 'read' && !repository.private
	if (actor.kind === 'installation')
		return actor.repositories.has(repository.id) || (level === 'read' && !repository.private)
	return atLeast(roleOf(world, repository, actor.user.login), level)
}

function checkPermission(
	actor: Extract<Actor, { kind: 'installation' }>,
	level: Level,
	of: readonly (keyof typeof actor.permissions)[],
): void {
	const granted = of.some((permission) => {
		const has = permission === 'metadata' ? 'read' : actor.permissions[permission]
		return has === 'write' || (has === 'read' && level === 'read')
	})
	if (!granted) throw new Refusal(403, 'Resource not accessible by integration')
}
