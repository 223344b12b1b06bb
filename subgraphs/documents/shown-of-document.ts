import { type AuthRule, Relation } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'

/** What a partner must be registered for to see letters, and the list that documents are in. */
export const documentScope = 'documents.read'
const scopes = [documentScope]

/** What patients read of their own documents, and partners of those that are shared with them. */
export const shownOfDocument: AuthRule = {
  roles: [Role.PATIENT, Role.SYSTEM, Role.PARTNER],
  scopes,
  relation: Relation.SELF,
}

/** The same, of what results have too: staff meet it in those that they release. */
export const shownOfAnyDocument: AuthRule = {
  roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF, Role.PARTNER],
  scopes,
  relation: Relation.SELF,
}

/** What is about the patient's own reading, or leads elsewhere: not for partners. */
export const shownToReader: AuthRule = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }

/** Of a list: whose it is, is said where the list is asked for. */
export const shownOfList: AuthRule = { roles: [Role.PATIENT, Role.SYSTEM, Role.PARTNER], scopes }
