import { type AuthRule, Relation } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'

/** What a partner must be registered for to see anything of an appointment. */
export const appointmentScope = 'appointments.read'
const scopes = [appointmentScope]

/** What patients read of their own appointments, and partners of those that are shared with them. */
export const shownOfAppointment: AuthRule = {
  roles: [Role.PATIENT, Role.SYSTEM, Role.PARTNER],
  scopes,
  relation: Relation.SELF,
}

/** The same, where staff who answer the patient need it too. */
export const shownAtTheDesk: AuthRule = {
  roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF, Role.PARTNER],
  scopes,
  relation: Relation.SELF,
}

/** What patients can do about their appointments, and what leads elsewhere: of no use to partners, and not theirs. */
export const shownToPatient: AuthRule = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }

/** What holds for a clinic, and is of nobody. */
export const shownOfClinic: AuthRule = { roles: [Role.PATIENT, Role.SYSTEM, Role.PARTNER], scopes }
