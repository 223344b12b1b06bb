import type { SubgraphDefinition } from '../runtime/subgraph.ts'
import { ChooseByNhsNumber } from './choose-by-nhs-number.ts'
import { DetailsAccesses } from './details-accesses.ts'
import { EndSession } from './end-session.ts'
import { patientEvents } from './events.ts'
import { FinishLogin } from './finish-login.ts'
import { forgetLogins, wipeLateCodes } from './forget-logins.ts'
import { HandOverLoginCode } from './hand-over-login-code.ts'
import { PatientKeys } from './keys.ts'
import { LogOutEverywhere } from './log-out-everywhere.ts'
import { LogOut } from './log-out.ts'
import { LoginAttempt, LoginChallenge } from './login-challenge.entity.ts'
import { LoginCode } from './login-code.ts'
import { Me } from './me.ts'
import { MergePatients } from './merge/merge-patients.ts'
import { PatientMerge } from './merge/patient-merge.entity.ts'
import { UnmergePatients } from './merge/unmerge-patients.ts'
import { firstPatientsStep } from './migrations/first-step.ts'
import { secondPatientsStep } from './migrations/second-step.ts'
import { thirdPatientsStep } from './migrations/third-step.ts'
import { fourthPatientsStep } from './migrations/fourth-step.ts'
import { fifthPatientsStep } from './migrations/fifth-step.ts'
import { sixthPatientsStep } from './migrations/sixth-step.ts'
import { ChangePartnerClient } from './partners/change-partner-client.ts'
import { forgetPartnerTokens } from './partners/forget-partner-tokens.ts'
import { EndPartnerTokens } from './partners/end-partner-tokens.ts'
import { KeepPartnerToken } from './partners/keep-partner-token.ts'
import { MissedSearch } from './partners/missed-search.entity.ts'
import { PartnerAssertion } from './partners/partner-assertion.entity.ts'
import { PartnerClient } from './partners/partner-client.entity.ts'
import { PartnerClientKeysOf } from './partners/partner-client-keys.ts'
import { PartnerClients } from './partners/partner-clients.ts'
import { PartnerToken } from './partners/partner-token.entity.ts'
import { RegisterPartnerClient } from './partners/register-partner-client.ts'
import { RevokePartnerClient } from './partners/revoke-partner-client.ts'
import { UsePartnerAssertion } from './partners/use-partner-assertion.ts'
import { PatientByNhsNumber } from './patient-by-nhs-number.ts'
import { Patient } from './patient.entity.ts'
import { FindPatient, PatientFields } from './patient.ts'
import { policy } from './policy.ts'
import { RecordPatient } from './record-patient.ts'
import { patientReference } from './patient.reference.ts'
import { ResendLoginCode } from './resend-login-code.ts'
import { Session } from './session.entity.ts'
import { PatientSessions, SessionFields } from './session.type.ts'
import { ChooseSharing } from './sharing/choose-sharing.ts'
import { PatientGrant } from './sharing/grant.ts'
import { PatientSharing } from './sharing/patient-sharing.ts'
import { RecordSharing } from './sharing/record-sharing.ts'
import { PatientSharedWithYou } from './sharing/shared-with-you.ts'
import { SharingAgreement } from './sharing/sharing-agreement.entity.ts'
import { PatientSharingStoppedAt } from './sharing/sharing-stopped-at.ts'
import { StopSharing } from './sharing/stop-sharing.ts'
import { CreateStaffMember } from './staff/create-staff-member.ts'
import { DisableStaffMember } from './staff/disable-staff-member.ts'
import { LogInStaff } from './staff/log-in-staff.ts'
import { ResetStaffMember } from './staff/reset-staff-member.ts'
import { StaffMember } from './staff/staff-member.entity.ts'
import { staffMemberReference } from './staff/staff-member.reference.ts'
import { StaffMembers } from './staff/staff-members.ts'
import { StaffSession } from './staff/staff-session.entity.ts'
import { StartLogin } from './start-login.ts'
import { Trust } from './trust.ts'
import { ViewerOf } from './viewer-of.ts'

/** Who the person is: record, log in, sessions; and who else may get in: staff, and partner organisations. */
export const patients: SubgraphDefinition = {
  name: 'patients',
  resolvers: [
    Me,
    FindPatient,
    PatientByNhsNumber,
    PatientFields,
    PatientGrant,
    PatientSharedWithYou,
    PatientSharing,
    PatientSharingStoppedAt,
    ChooseSharing,
    StopSharing,
    RecordSharing,
    DetailsAccesses,
    PatientSessions,
    SessionFields,
    Trust,
    StartLogin,
    ResendLoginCode,
    FinishLogin,
    ChooseByNhsNumber,
    LoginCode,
    HandOverLoginCode,
    ViewerOf,
    LogOut,
    LogOutEverywhere,
    EndSession,
    RecordPatient,
    MergePatients,
    UnmergePatients,
    LogInStaff,
    StaffMembers,
    CreateStaffMember,
    ResetStaffMember,
    DisableStaffMember,
    PartnerClientKeysOf,
    UsePartnerAssertion,
    KeepPartnerToken,
    EndPartnerTokens,
    PartnerClients,
    RegisterPartnerClient,
    ChangePartnerClient,
    RevokePartnerClient,
  ],
  references: { Patient: patientReference, StaffMember: staffMemberReference },
  entities: [
    Patient,
    PatientMerge,
    SharingAgreement,
    Session,
    StaffMember,
    StaffSession,
    LoginChallenge,
    LoginAttempt,
    PartnerClient,
    PartnerToken,
    PartnerAssertion,
    MissedSearch,
  ],
  policy,
  steps: [
    firstPatientsStep,
    secondPatientsStep,
    thirdPatientsStep,
    fourthPatientsStep,
    fifthPatientsStep,
    sixthPatientsStep,
  ],
  tells: patientEvents.subscribers,
  chores: [wipeLateCodes, forgetLogins, forgetPartnerTokens],
}

export { codeShown } from './staff/staff-code.ts'

export interface PatientsSettings {
  readonly key: string
  readonly demonstration: boolean
  /** The hosts from which the keys of partners may be fetched. */
  readonly partnerKeyHosts?: readonly string[]
}

/** What the subgraph needs beside what every subgraph gets: pass it as `extra`. */
export const patientsExtra = ({ key, demonstration, partnerKeyHosts = [] }: PatientsSettings) => ({
  keys: new PatientKeys(Buffer.from(key, 'base64url')),
  demonstration,
  partnerKeyHosts,
})
