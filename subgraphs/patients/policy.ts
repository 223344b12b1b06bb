import { everything, own, rows, type RowRule } from '../runtime/rows.ts'
import { Role } from '../runtime/viewer.ts'
import { LoginAttempt, LoginChallenge } from './login-challenge.entity.ts'
import { Patient } from './patient.entity.ts'
import { Session } from './session.entity.ts'

const self: RowRule = (viewer) => ({ id: { $in: viewer.patientIds } })

/** Who sees which rows of `patients`. A log in happens before anybody is known, and says `filters: false` where it looks. */
export const policy = rows(
  [Patient, { [Role.PATIENT]: self, [Role.SYSTEM]: everything, [Role.GATEWAY]: everything }],
  [Session, { [Role.PATIENT]: own, [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  [LoginChallenge, { [Role.SYSTEM]: everything }],
  [LoginAttempt, { [Role.SYSTEM]: everything }],
)
