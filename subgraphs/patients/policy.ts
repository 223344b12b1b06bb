import { grantedIds } from '../runtime/grant.ts'
import { everything, own, rows, type RowRule } from '../runtime/rows.ts'
import { Role } from '../runtime/viewer.ts'
import { LoginAttempt, LoginChallenge } from './login-challenge.entity.ts'
import { PatientMerge } from './merge/patient-merge.entity.ts'
import { MissedSearch } from './partners/missed-search.entity.ts'
import { PartnerAssertion } from './partners/partner-assertion.entity.ts'
import { PartnerClient } from './partners/partner-client.entity.ts'
import { PartnerToken } from './partners/partner-token.entity.ts'
import { Patient } from './patient.entity.ts'
import { Session } from './session.entity.ts'
import { SharingAgreement } from './sharing/sharing-agreement.entity.ts'
import { staffIdOf, StaffMember } from './staff/staff-member.entity.ts'
import { StaffSession } from './staff/staff-session.entity.ts'

const self: RowRule = (viewer) => ({ id: { $in: viewer.patientIds } })
const granted: RowRule = (viewer) => ({ id: { $in: grantedIds(viewer) } })
const staffSelf: RowRule = (viewer) => ({ id: staffIdOf(viewer) })
const staffOwn: RowRule = (viewer) => ({ staffMemberId: staffIdOf(viewer) })

/** Who sees which rows of `patients`. A log in happens before anybody is known, and says `filters: false` where it looks. */
export const policy = rows(
  // Staff come to a person by what they see of theirs in another subgraph: no field here finds or lists people for them.
  [
    Patient,
    {
      [Role.PATIENT]: self,
      [Role.PARTNER]: granted,
      [Role.STAFF]: everything,
      [Role.SYSTEM]: everything,
      [Role.GATEWAY]: everything,
    },
  ],
  [SharingAgreement, { [Role.PATIENT]: own, [Role.SYSTEM]: everything }],
  [PatientMerge, { [Role.SYSTEM]: everything }],
  [Session, { [Role.PATIENT]: own, [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  [StaffMember, { [Role.STAFF]: staffSelf, [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  [StaffSession, { [Role.STAFF]: staffOwn, [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  [LoginChallenge, { [Role.SYSTEM]: everything }],
  [LoginAttempt, { [Role.SYSTEM]: everything }],
  // A partner is looked up by the gateway, before anybody asks in its name.
  [PartnerClient, { [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  [PartnerToken, { [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  [PartnerAssertion, { [Role.GATEWAY]: everything, [Role.SYSTEM]: everything }],
  // Counted for a partner before anything is granted to it: where it is, it says `filters: false`.
  [MissedSearch, { [Role.SYSTEM]: everything }],
)
