/** What scripts set before they call a server: logins, certificates, protocols. */
import type { ScriptStatement } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { pathOf } from './members.ts'
import type { MethodScope } from './scope.ts'
import { lastPart } from './types.ts'

/** How .NET opens connections: protocols and their number are the new job's own. */
export function networkSetting(
	name: string,
	line: number,
	{ class: { differences } }: MethodScope,
): readonly ScriptStatement[] {
	if (/^(?:ServerCertificateValidationCallback|CertificatePolicy)$/i.test(name)) differences.add('RG-D211')
	return [{ kind: 'note', text: name, line }]
}

/** A request without its login is another request. */
export const logsIn = (name: string, value: Syntax): boolean =>
	/^(?:UseDefault)?Credentials$/i.test(name) &&
	!(value.kind === 'literal' && (value.type === 'null' || value.text === 'false'))

/** The Windows account that the old package ran under, which a new job does not have. */
export const isOwnAccount = (value: Syntax): boolean =>
	/^(?:CredentialCache\.Default(?:Network)?Credentials)$/i.test(pathOf(value)?.slice(-2).join('.') ?? '') ||
	(value.kind === 'literal' && value.text === 'true')

/** A user and a password, which a script hands to the client of a server; what that makes of them, its property says. */
export const isLogin = (name: string | undefined, value: Syntax | undefined): boolean =>
	/^(?:NetworkCredential|ICredentials)$/i.test(name ?? (value?.kind === 'new' ? lastPart(value.type.name) : ''))
