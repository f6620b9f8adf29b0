import type { ConfigRole } from '#config/permissions.ts'
import { rolesFrom } from '#config/permissions.ts'
import type { Role } from '#forge/repository.ts'

/** Whether somebody with a role may do what needs another. */
export const allows = (role: Role, needed: ConfigRole): boolean => rolesFrom(needed).some((enough) => enough === role)
