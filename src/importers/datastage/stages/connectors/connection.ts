/** The connection that a database stage uses: its name in the new job, and what is known about it. */
import { diagnose } from '#model/diagnostics.ts'
import { textOf } from '../../columns.ts'
import type { StageContext } from '../../stage-context.ts'
import type { Pin } from '../../structure.ts'
import type { Settings } from './settings.ts'

export interface ConnectionFacts {
	readonly dialect?: string
	/** Server, database or data source as the stage spells it. */
	readonly server: string
	readonly user: string
	/** Settings that hold a password. */
	readonly secrets: readonly string[]
	/** Parameters that hold one. */
	readonly secretParameters: readonly string[]
}

/**
 * The name by which configuration knows the connection: that of its data connection, or else server and user as the export spells
 * them, since one user of a server sees other tables than the next.
 */
export function connect(context: StageContext, facts: ConnectionFacts, dataConnection = ''): string {
	const { dialect, server, user } = facts
	const spelled = [server, user].map(plain).filter((part) => part !== '')
	const name = dataConnection === '' ? spelled.join('.') || context.stage.name : dataConnection
	context.connect({
		name,
		kind: 'database',
		...(dialect === undefined ? {} : { dialect }),
		description: [server === '' ? '' : `server ${plain(server)}`, user === '' ? '' : `user ${plain(user)}`]
			.filter((part) => part !== '')
			.join(', '),
		provenance: context.provenance(),
	})
	for (const parameter of facts.secretParameters) context.job.parameters.hide(parameter)
	for (const secret of facts.secrets) {
		const what = `The ${secret} of ${context.stage.name} was left out`
		context.report(
			diagnose('package/sensitive-dropped', context.provenance(), { what, why: 'No secret leaves an export.' }),
		)
	}
	return name
}

/** `#Set.Server#` is called Set.Server. */
const plain = (text: string): string => text.trim().replaceAll('#', '')

/** The connection of a connector; what the pin does not say the stage says. */
export function connectorConnection(
	context: StageContext,
	settings: Settings,
	pin: Pin,
	{ dialect, server }: { readonly dialect?: string; readonly server: string },
): string {
	const bound = textOf(context.stage.record.values, 'DataConnection') || textOf(pin.record.values, 'DataConnection')
	const facts = {
		...(dialect === undefined ? {} : { dialect }),
		server: settings.text(`Connection/${server}`),
		user: settings.text('Connection/Username'),
		secrets: settings.secrets,
		secretParameters: settings.secretParameters,
	}
	return connect(context, facts, bound.split('\\').at(-1) ?? '')
}
