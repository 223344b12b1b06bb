import { type AuthRule, Relation } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'

/** What patients see of their own results, and staff of those that they release. */
export const shownOfResult: AuthRule = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

/** How a result comes to be open: for staff, and never for patients. */
export const shownOfRelease: AuthRule = { roles: [Role.STAFF, Role.SYSTEM], relation: Relation.SELF }
