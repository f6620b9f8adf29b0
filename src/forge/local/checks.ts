/** Check runs; the newest one of a pull request's head lies beside the pull request too, as `check.json`. */
import path from 'node:path'
import { ForgeError } from '../error.ts'
import type { CheckChange, CheckRun, ForgeRepository } from '../repository.ts'
import type { LocalPulls } from './pulls.ts'
import type { RecordOf } from './records.ts'
import { replace } from './records.ts'
import type { CheckState, Store } from './store.ts'

type Checks = Pick<ForgeRepository, 'checkRuns' | 'startCheck' | 'updateCheck'>

export function localChecks({ checks }: Store, pulls: LocalPulls): Checks {
	const toRun = ({ id, state, text }: RecordOf<CheckState>): CheckRun => ({
		id,
		name: state.name,
		commit: state.commit,
		status: state.status,
		conclusion: state.conclusion,
		externalId: state.externalId,
		title: state.title,
		summary: text,
		annotations: state.annotations.length,
		url: checks.folderOf(id),
	})
	/** For people; nothing reads it. */
	const show = async (record: RecordOf<CheckState>): Promise<void> => {
		const { name, commit: head, status, conclusion, title, annotations } = record.state
		const shown = { name, head, status, conclusion, title, summary: record.text, annotations }
		for (const pull of await pulls.steps.pullRequests({ state: 'open' })) {
			if (pull.head.commit !== head) continue
			await replace(path.join(pull.url, 'check.json'), `${JSON.stringify(shown, undefined, 1)}\n`)
		}
	}
	return {
		checkRuns: async (commit, name) =>
			(await checks.all()).filter(({ state }) => state.commit === commit && state.name === name).map(toRun),
		startCheck: async ({ name, commit, externalId, ...change }) => {
			const fresh = { name, commit, externalId, status: 'queued' as const, title: '', annotations: [], buttons: [] }
			const { state, text } = changed({ id: 0, state: fresh, text: '' }, change)
			const record = await checks.create(state, text)
			await show(record)
			return toRun(record)
		},
		updateCheck: async (id, change) => {
			const known = await checks.get(id)
			if (known === undefined) throw new ForgeError('missing', `there is no check run ${id}`)
			const record = changed(known, change)
			await checks.put(record)
			await show(record)
			return toRun(record)
		},
	}
}

function changed({ id, state, text }: RecordOf<CheckState>, change: CheckChange): RecordOf<CheckState> {
	const { status, conclusion, output, annotations = [], buttons, detailsUrl } = change
	return {
		id,
		text: output?.summary ?? text,
		state: {
			...state,
			status: conclusion === undefined ? (status ?? state.status) : 'completed',
			...(conclusion === undefined ? {} : { conclusion }),
			...(output === undefined ? {} : { title: output.title }),
			...(output?.text === undefined ? {} : { text: output.text }),
			annotations: [...state.annotations, ...annotations],
			buttons: buttons?.map(({ identifier }) => identifier) ?? state.buttons,
			...(detailsUrl === undefined ? {} : { detailsUrl }),
		},
	}
}
