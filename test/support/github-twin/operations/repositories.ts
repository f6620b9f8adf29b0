import { atLeast, roleOf, userNamed } from '../access.ts'
import { ok, operation, reads } from '../operation.ts'
import { notFound, Refusal } from '../refusal.ts'
import { renderInstallation, renderUser } from '../render/actors.ts'
import { renderRepository } from '../render/repository.ts'

export const repositoryOperations = [
	operation('GET /repos/{owner}/{repo}', reads('metadata'), ({ world, repository, actor, login }) => {
		const role = actor.kind === 'installation' ? 'write' : roleOf(world, repository, login)
		return ok({
			...renderRepository(world, repository),
			permissions: { pull: true, push: atLeast(role, 'write'), admin: atLeast(role, 'admin') },
			allow_squash_merge: true,
			delete_branch_on_merge: false,
		})
	}),

	operation('GET /repos/{owner}/{repo}/collaborators/{username}/permission', reads('metadata'), (call, input) => {
		const user = userNamed(call.world, input.username)
		const role = roleOf(call.world, call.repository, user.login)
		// The old word knows only three levels: maintain counts as write, triage as read.
		const permission =
			role === undefined ? 'none' : atLeast(role, 'admin') ? 'admin' : atLeast(role, 'write') ? 'write' : 'read'
		return ok({
			permission,
			role_name: role ?? 'none',
			user: {
				...renderUser(user),
				permissions: {
					pull: role !== undefined,
					triage: atLeast(role, 'triage'),
					push: atLeast(role, 'write'),
					maintain: atLeast(role, 'maintain'),
					admin: atLeast(role, 'admin'),
				},
			},
		})
	}),

	operation('GET /user', 'anyone', ({ actor }) => {
		if (actor.kind === 'anonymous') throw new Refusal(401, 'Requires authentication')
		if (actor.kind !== 'user') throw new Refusal(403, 'Resource not accessible by integration')
		return ok(renderUser(actor.user))
	}),

	operation('GET /users/{username}', 'anyone', ({ world }, input) => ok(renderUser(userNamed(world, input.username)))),

	operation('GET /repos/{owner}/{repo}/installation', 'app', ({ world }, input) => {
		const wanted = world.repositories.get(`${input.owner}/${input.repo}`.toLowerCase())
		const installation = [...world.installations.values()].find(
			({ repositories }) => wanted !== undefined && repositories.has(wanted.id),
		)
		if (installation === undefined) throw notFound()
		return ok(renderInstallation(world, installation))
	}),
]
