import { randomBytes } from 'node:crypto'
import { created, ok, operation, page } from '../operation.ts'
import { notFound, Refusal } from '../refusal.ts'
import { renderApp, renderInstallation } from '../render/actors.ts'
import { renderRepository } from '../render/repository.ts'
import type { Installation, Level, Permissions, World } from '../state.ts'

/** Tokens live for an hour. */
const lifetime = 3_600_000

export const appOperations = [
	operation('GET /app', 'app', ({ world }) => ok(renderApp(world))),

	operation('GET /app/installations', 'app', ({ world }) =>
		page([...world.installations.values()].map((installation) => renderInstallation(world, installation))),
	),

	operation('GET /app/installations/{installation_id}', 'app', ({ world }, input) =>
		ok(renderInstallation(world, installationOf(world, input.installation_id))),
	),

	operation('POST /app/installations/{installation_id}/access_tokens', 'app', ({ world }, input) => {
		const installation = installationOf(world, input.installation_id)
		if (installation.suspended) throw new Refusal(403, 'This installation has been suspended')
		const names = input.repositories?.map((name) => `${installation.account}/${name}`.toLowerCase())
		const repositories =
			names === undefined ? input.repository_ids : names.map((name) => world.repositories.get(name)?.id ?? Number.NaN)
		if (repositories?.some((id) => !installation.repositories.has(id)) === true) {
			throw new Refusal(
				422,
				'There is at least one repository that does not exist or is not accessible to the parent installation.',
			)
		}
		const permissions = narrowed(world.app.permissions, input.permissions)
		const token = `ghs_${randomBytes(18).toString('hex')}`
		const expires = Date.now() + lifetime
		world.tokens.set(token, { kind: 'installation', installation: installation.id, permissions, repositories, expires })
		return created({
			token,
			expires_at: new Date(expires).toISOString(),
			permissions,
			repository_selection: repositories === undefined ? 'all' : 'selected',
		})
	}),

	operation('GET /installation/repositories', 'installation', ({ world, actor }) => {
		const visible = actor.kind === 'installation' ? actor.repositories : new Set<number>()
		const repositories = [...world.repositories.values()].filter(({ id }) => visible.has(id))
		return page(
			repositories.map((repository) => renderRepository(world, repository)),
			'repositories',
		)
	}),
]

function installationOf(world: World, id: number): Installation {
	const installation = world.installations.get(id)
	if (installation === undefined) throw notFound()
	return installation
}

/** @throws Refusal where more is asked for than the App was given */
function narrowed(granted: Permissions, wanted: Readonly<Record<string, unknown>> | undefined): Permissions {
	if (wanted === undefined) return granted
	const rank = (level: unknown) => (level === 'write' ? 2 : level === 'read' ? 1 : 0)
	const given = new Map<string, Level>(Object.entries(granted))
	for (const [name, level] of Object.entries(wanted)) {
		if (name === 'metadata' && level === 'read') continue
		if (rank(level) > rank(given.get(name))) {
			throw new Refusal(422, 'The permissions requested are not granted to this installation.')
		}
	}
	return wanted
}
