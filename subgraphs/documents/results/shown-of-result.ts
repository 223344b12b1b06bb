import { type AuthRule, Relation } from '../../runtime/auth.ts'
import { Role } from '../../runtime/viewer.ts'

/** What a partner must be registered for to see results. */
export const resultScope = 'results.read'

/** What patients see of their own results, staff of those that they release, and partners of those that are shared with them. */
export const shownOfResult: AuthRule = {
  roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF, Role.PARTNER],
  scopes: [resultScope],
  relation: Relation.SELF,
}

/** The same, of what is about the patient's own reading, or leads elsewhere. */
export const shownOfResultToReader: AuthRule = {
  roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF],
  relation: Relation.SELF,
}

/** How a result comes to be open: for staff, and never for patients. */
export const shownOfRelease: AuthRule = { roles: [Role.STAFF, Role.SYSTEM], relation: Relation.SELF }
