/** Who may give which command at least. A repository may ask for more, never for less. */

/** From the least to the most, as forges grade them. */
export const roles = ['read', 'triage', 'write', 'maintain', 'admin'] as const
export type ConfigRole = (typeof roles)[number]

export const leastRoles = {
	help: 'read',
	status: 'read',
	explain: 'read',
	run: 'write',
	fix: 'write',
	regenerate: 'write',
	recreate: 'write',
	set: 'write',
	map: 'write',
	accept: 'write',
	reject: 'write',
	skip: 'write',
	reopen: 'write',
	ask: 'write',
	approve: 'maintain',
} as const satisfies Readonly<Record<string, ConfigRole>>

export type CommandVerb = keyof typeof leastRoles

/** Roles that may be asked for: the least and what is above it. */
export function rolesFrom(least: ConfigRole): readonly ConfigRole[] {
	return roles.slice(roles.indexOf(least))
}
