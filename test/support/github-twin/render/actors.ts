import { userNamed } from '../access.ts'
import type { Installation, User, World } from '../state.ts'

export function renderUser(user: User): Readonly<Record<string, unknown>> {
	return { login: user.login, id: user.id, type: user.type, site_admin: false }
}

export function renderLogin(world: World, login: string): Readonly<Record<string, unknown>> {
	return renderUser(userNamed(world, login))
}

export function renderApp(world: World): Readonly<Record<string, unknown>> {
	const { id, slug, permissions, events } = world.app
	return { id, slug, name: slug, permissions, events }
}

export function renderInstallation(world: World, installation: Installation): Readonly<Record<string, unknown>> {
	return {
		id: installation.id,
		account: renderLogin(world, installation.account),
		app_id: world.app.id,
		app_slug: world.app.slug,
		repository_selection: 'selected',
		permissions: world.app.permissions,
		events: world.app.events,
		access_tokens_url: `${world.url}/app/installations/${installation.id}/access_tokens`,
		suspended_at: installation.suspended ? world.clock.now() : null,
	}
}
