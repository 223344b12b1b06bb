import { createHash } from 'node:crypto'
import { changeOutcomeDoors, changeRootDoors } from './change-doors.ts'
import { changeRequestOutcomeDoors, changeRequestRootDoors } from './change-request-doors.ts'
import type { Door } from './door.ts'
import {
  admissionLetter,
  appointment,
  byKey,
  changed,
  changeRequest,
  clinic,
  hospitalMessage,
  letter,
  only,
  patient,
} from './entities.ts'
import { hospitalMessageOutcomeDoors, hospitalMessageRootDoors, replayedAtDoors } from './hospital-message-doors.ts'
import type { Row } from './matrix.ts'
import { logInOutcomeDoors, logInRootDoors } from './log-in-doors.ts'
import { mergeOutcomeDoors, mergeRootDoors } from './merge-doors.ts'
import { noticeDoors, noticeOutcomeDoors, noticeRootDoors } from './notice-doors.ts'
import { outcomeDoors, rootDoors } from './outcome-doors.ts'
import { partnerDoors } from './partner-doors.ts'
import { recordDoors, recordOutcomeDoors, recordRootDoors, specialRecordDoors } from './record-doors.ts'
import { sharingDoors, sharingRootDoors, specialSharingDoors } from './sharing-doors.ts'
import { staffOutcomeDoors, staffRootDoors } from './staff-doors.ts'

const document = (text: string, variables: Door['variables'] = () => ({})): Door[] => [{ at: 'both', text, variables }]

/** How the fields of each type that is read are reached. */
const doors: Record<string, Door[]> = {
  Trust: document('{ trust { % } }'),
  ContactCard: [
    { at: 'gateway', text: '{ trust { appointmentsTeam { % } } }', variables: () => ({}) },
    { at: 'patients', text: '{ trust { appointmentsTeam { % } } }', variables: () => ({}) },
    ...clinic('contact { % }', ['appointments']),
  ],
  Patient: patient('%', ['patients', 'appointments', 'documents']),
  PersonName: patient('name { % }', ['patients']),
  PostalAddress: patient('address { % }', ['patients']),
  CommunicationNeeds: patient('needs { % }', ['patients']),
  Session: patient('sessions { % }', ['patients']),
  AppointmentConnection: patient('appointments(period: UPCOMING) { % }', ['appointments']),
  PageInfo: [
    ...patient('appointments(period: UPCOMING) { pageInfo { % } }', ['appointments']),
    {
      at: 'messages',
      for: only('anonymous', 'ended session', 'staff', 'system', 'gateway'),
      text: '{ refusedHospitalMessages { pageInfo { % } } }',
      variables: () => ({}),
    },
    {
      at: 'gateway',
      for: only('staff'),
      text: '{ refusedHospitalMessages { pageInfo { % } } }',
      variables: () => ({}),
    },
  ],
  Appointment: appointment('accepted')('%', ['appointments', 'documents']),
  Arrangement: appointment('accepted')('arrangements { % }', ['appointments']),
  Cancellation: appointment('cancelled')('cancellation { % }', ['appointments']),
  Place: appointment('accepted')('place { % }', ['appointments']),
  AcceptanceOpen: appointment('open')('acceptance { ... on AcceptanceOpen { % } }', ['appointments']),
  AlreadyAccepted: appointment('accepted')('acceptance { ... on AlreadyAccepted { % } }', ['appointments']),
  AcceptanceClosed: appointment('cancelled')('acceptance { ... on AcceptanceClosed { % } }', ['appointments']),
  RescheduleOpen: changed('changeable')('canReschedule { ... on RescheduleOpen { % } }', ['appointments']),
  RescheduleByRequest: changed('askable')('canReschedule { ... on RescheduleByRequest { % } }', ['appointments']),
  RescheduleClosed: changed('elsewhere')('canReschedule { ... on RescheduleClosed { % } }', ['appointments']),
  CancelOpen: changed('changeable')('canCancel { ... on CancelOpen { % } }', ['appointments']),
  CancelByRequest: changed('askable')('canCancel { ... on CancelByRequest { % } }', ['appointments']),
  CancelClosed: changed('elsewhere')('canCancel { ... on CancelClosed { % } }', ['appointments']),
  Notice: changed('changeable')('canCancel { ... on CancelOpen { notice { % } } }', ['appointments']),
  AppointmentMove: changed('undoable')('lastMove { % }', ['appointments']),
  Clinic: clinic('%', ['appointments']),
  AppointmentLetter: letter('%', ['documents']),
  LetterAddressee: letter('addressee { % }', ['documents']),
  AdmissionLetter: admissionLetter('%', ['documents']),
  ...recordDoors,
  Link: document('query Wanted($reference: ID!) { link(reference: $reference) { % } }', ({ linkReference }) => ({
    reference: linkReference,
  })),
  ChangeRequest: changeRequest('inHand')('%', ['appointments']),
  ChangeRequestStep: changeRequest('inHand')('history { % }', ['appointments']),
  ChangeRequestClaim: changeRequest('inHand')('claim { % }', ['appointments']),
  ChangeRequestConnection: document('{ changeRequests { % } }'),
  HospitalMessage: hospitalMessage('%', ['messages']),
  ...noticeDoors,
  HospitalMessageConnection: document('{ refusedHospitalMessages { % } }'),
}

/** Fields that have a value only in special circumstances. */
const special: Record<string, Door[]> = {
  ...specialRecordDoors,
  ...specialSharingDoors,
  // Whose it is comes along from where appointments are kept.
  'Appointment.documents': [
    ...appointment('accepted')('%', []),
    byKey('Appointment', 'documents', '%', ({ appointments, owner }) => ({
      id: appointments.accepted.id,
      patient: { __typename: 'Patient', id: owner.id },
    })),
  ],
  'Appointment.cancellation': appointment('cancelled')('%', ['appointments']),
  'Appointment.lastMove': changed('undoable')('%', ['appointments']),
  'Appointment.admittedAt': changed('stay')('%', ['appointments']),
  'Appointment.dischargedAt': changed('stay')('%', ['appointments']),
  'Cancellation.undoUntil': changed('undoable')('cancellation { % }', ['appointments']),
  'ChangeRequest.answer': changeRequest('answered')('%', ['appointments']),
  'ChangeRequest.answeredAt': changeRequest('answered')('%', ['appointments']),
  'Viewer.name': [
    {
      at: 'both',
      text: 'query Wanted($id: ID!) { viewerOf(tokenHash: $id) { % } }',
      variables: ({ tokens }) => ({ id: createHash('sha256').update(tokens.staff).digest('base64url') }),
    },
  ],
  'Clinic.letterIntroduction': clinic('%', ['appointments']),
  'HospitalMessage.replayedAt': replayedAtDoors,
}

const allRootDoors = {
  ...rootDoors,
  ...logInRootDoors,
  ...changeRootDoors,
  ...mergeRootDoors,
  ...staffRootDoors,
  ...changeRequestRootDoors,
  ...hospitalMessageRootDoors,
  ...noticeRootDoors,
  ...recordRootDoors,
  ...sharingRootDoors,
}
const allOutcomeDoors = {
  ...outcomeDoors,
  ...logInOutcomeDoors,
  ...changeOutcomeDoors,
  ...mergeOutcomeDoors,
  ...staffOutcomeDoors,
  ...changeRequestOutcomeDoors,
  ...hospitalMessageOutcomeDoors,
  ...noticeOutcomeDoors,
  ...recordOutcomeDoors,
  ...sharingDoors,
}

/** Every door to a field, at the gateway and at each subgraph it stands in. */
export function doorsTo({ field, type }: Row): Door[] {
  const read = special[field] ?? doors[type] ?? []
  const found = [
    ...read,
    ...(allRootDoors[field] ?? []),
    ...(allOutcomeDoors[type] ?? []),
    ...(partnerDoors[type] ?? []),
  ]
  if (!found.length) throw new Error(`nobody said how ${field} is reached: add a door`)
  return found
}
