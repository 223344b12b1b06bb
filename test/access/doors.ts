import { createHash } from 'node:crypto'
import type { Cast } from './cast.ts'
import { changeOutcomeDoors, changeRootDoors } from './change-doors.ts'
import { changeRequestOutcomeDoors, changeRequestRootDoors } from './change-request-doors.ts'
import { aClinicInput, type Door } from './door.ts'
import { hospitalMessageOutcomeDoors, hospitalMessageRootDoors, replayedAtDoors } from './hospital-message-doors.ts'
import type { Actor, Row, SubgraphName } from './matrix.ts'
import { mergeOutcomeDoors, mergeRootDoors } from './merge-doors.ts'
import { noticeDoors, noticeOutcomeDoors, noticeRootDoors } from './notice-doors.ts'
import { outcomeDoors, rootDoors } from './outcome-doors.ts'
import { recordDoors, recordOutcomeDoors, recordRootDoors, specialRecordDoors } from './record-doors.ts'
import { staffOutcomeDoors, staffRootDoors } from './staff-doors.ts'

const everybodyBut =
  (...some: Actor[]) =>
  (actor: Actor) =>
    !some.includes(actor)
const only =
  (...some: Actor[]) =>
  (actor: Actor) =>
    some.includes(actor)

/** The fields of a type within an entity: through the gateway by its roots, at its subgraphs by its key. */
type Entity = (within: string, subgraphs: SubgraphName[]) => Door[]
const byKey = (
  type: string,
  subgraph: SubgraphName,
  within: string,
  key: (cast: Cast, actor: Actor) => object,
): Door => ({
  at: subgraph,
  text: `query Wanted($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${within} } } }`,
  variables: (cast, actor) => ({ keys: [{ __typename: type, ...key(cast, actor) }] }),
})

/** Staff meet appointments, and whose they are, by what patients ask of their clinics. */
const requestOf: Record<keyof Cast['appointments'], keyof Cast['requests'] | undefined> = {
  accepted: 'inHand',
  cancelled: 'overtaken',
  open: undefined,
  toAccept: undefined,
}
const atTheDesk = (which: keyof Cast['requests'], within: string, at: Door['at']): Door => ({
  at,
  for: only('staff'),
  text: `query Wanted($id: ID!) { changeRequest(id: $id) { ${within} } }`,
  variables: ({ requests }) => ({ id: requests[which] }),
})

const patient: Entity = (within, subgraphs) => [
  { at: 'gateway', for: everybodyBut('another patient'), text: `{ me { ${within} } }`, variables: () => ({}) },
  {
    at: 'gateway',
    for: everybodyBut('patient'),
    text: `query Wanted($id: ID!) { appointment(id: $id) { patient { ${within} } } }`,
    variables: ({ appointments }) => ({ id: appointments.open.id }),
  },
  {
    at: 'gateway',
    for: everybodyBut('patient', 'another patient'),
    text: `query Wanted($id: ID!) { patient(id: $id) { ${within} } }`,
    variables: ({ owner }) => ({ id: owner.id }),
  },
  atTheDesk('inHand', `appointment { patient { ${within} } }`, 'gateway'),
  ...subgraphs.map((it) => byKey('Patient', it, within, ({ owner }) => ({ id: owner.id }))),
]

const appointment =
  (which: keyof Cast['appointments']): Entity =>
  (within, subgraphs) => [
    {
      at: 'gateway',
      text: `query Wanted($id: ID!) { appointment(id: $id) { ${within} } }`,
      variables: ({ appointments }) => ({ id: appointments[which].id }),
    },
    ...(requestOf[which] ? [atTheDesk(requestOf[which], `appointment { ${within} }`, 'gateway')] : []),
    ...subgraphs.map((it) => byKey('Appointment', it, within, ({ appointments }) => ({ id: appointments[which].id }))),
  ]

/** Staff know of two of these, because they were asked about before. */
const changed =
  (which: keyof Cast['changes']): Entity =>
  (within, subgraphs) => [
    {
      at: 'gateway',
      text: `query Wanted($id: ID!) { appointment(id: $id) { ${within} } }`,
      variables: ({ changes }) => ({ id: changes[which] }),
    },
    {
      at: 'gateway',
      for: only('staff'),
      text: `query Wanted($id: ID!) { changeRequest(id: $id) { appointment { ${within} } } }`,
      variables: ({ askedBefore }) => ({ id: askedBefore[which === 'stay' ? 'stay' : 'undoable'] }),
    },
    ...subgraphs.map((it) => byKey('Appointment', it, within, ({ changes }) => ({ id: changes[which] }))),
  ]

const bookingLetter =
  (type: 'AppointmentLetter' | 'AdmissionLetter', id: (cast: Cast) => string): Entity =>
  (within, subgraphs) => [
    {
      at: 'gateway',
      text: `query Wanted($id: ID!) { document(id: $id) { ... on ${type} { ${within} } } }`,
      variables: (cast) => ({ id: id(cast) }),
    },
    ...subgraphs.map((it) =>
      byKey(type, it, within, (cast) => ({
        id: id(cast),
        appointment: { __typename: 'Appointment', startsAt: '2026-12-04T10:00:00.000Z' },
      })),
    ),
  ]
const letter = bookingLetter('AppointmentLetter', ({ letterId }) => letterId)
const admissionLetter = bookingLetter('AdmissionLetter', ({ records }) => records.admissionLetter)

/** A clinic is everybody's who is a patient here: each comes by an appointment of their own. */
const clinic: Entity = (within, subgraphs) => [
  {
    at: 'gateway',
    for: everybodyBut('system'),
    text: `query Wanted($id: ID!) { appointment(id: $id) { clinic { ${within} } } }`,
    variables: ({ appointments, strangersAppointmentId }, actor) => ({
      id: actor === 'another patient' ? strangersAppointmentId : appointments.open.id,
    }),
  },
  {
    at: 'gateway',
    for: everybodyBut('patient', 'another patient'),
    text: `mutation Wanted($input: PublishClinicInput!) { publishClinic(input: $input) { ... on ClinicPublished { clinic { ${within} } } } }`,
    variables: () => ({ input: aClinicInput() }),
  },
  atTheDesk('inHand', `appointment { clinic { ${within} } }`, 'gateway'),
  ...subgraphs.map((it) => atTheDesk('inHand', `appointment { clinic { ${within} } }`, it)),
  ...subgraphs.map((it) => byKey('Clinic', it, within, ({ clinicCode }) => ({ code: clinicCode }))),
]

const changeRequest =
  (which: 'answered' | 'inHand'): Entity =>
  (within, subgraphs) => [
    {
      at: 'gateway',
      for: everybodyBut('staff'),
      text: `query Wanted($id: ID!) { appointment(id: $id) { changeRequests { ${within} } } }`,
      variables: ({ appointments }) => ({ id: appointments.accepted.id }),
    },
    atTheDesk(which, within, 'gateway'),
    ...subgraphs.map((it) => byKey('ChangeRequest', it, within, ({ requests }) => ({ id: requests[which] }))),
  ]

const hospitalMessage: Entity = (within, subgraphs) => [
  { at: 'gateway', text: `{ refusedHospitalMessages { nodes { ${within} } } }`, variables: () => ({}) },
  ...subgraphs.map((it) => byKey('HospitalMessage', it, within, ({ messages }) => ({ id: messages.toReplay.id }))),
]

const document = (text: string, variables: Door['variables'] = () => ({})): Door[] => [{ at: 'both', text, variables }]

/** How the fields of each type that is read are reached. */
const doors: Record<string, Door[]> = {
  Trust: document('{ trust { % } }'),
  ContactCard: [
    { at: 'gateway', text: '{ trust { appointmentsTeam { % } } }', variables: () => ({}) },
    { at: 'patients', text: '{ trust { appointmentsTeam { % } } }', variables: () => ({}) },
    ...clinic('contact { % }', ['appointments']),
  ],
  Patient: patient('%', ['patients', 'appointments']),
  PersonName: patient('name { % }', ['patients']),
  PostalAddress: patient('address { % }', ['patients']),
  CommunicationNeeds: patient('needs { % }', ['patients']),
  Session: patient('sessions { % }', ['patients']),
  AppointmentConnection: patient('appointments(period: UPCOMING) { % }', ['appointments']),
  PageInfo: [
    ...patient('appointments(period: UPCOMING) { pageInfo { % } }', ['appointments']),
    {
      at: 'messages',
      for: only('anonymous', 'ended session', 'partner', 'staff', 'system', 'gateway'),
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
  ...changeRootDoors,
  ...mergeRootDoors,
  ...staffRootDoors,
  ...changeRequestRootDoors,
  ...hospitalMessageRootDoors,
  ...noticeRootDoors,
  ...recordRootDoors,
}
const allOutcomeDoors = {
  ...outcomeDoors,
  ...changeOutcomeDoors,
  ...mergeOutcomeDoors,
  ...staffOutcomeDoors,
  ...changeRequestOutcomeDoors,
  ...hospitalMessageOutcomeDoors,
  ...noticeOutcomeDoors,
  ...recordOutcomeDoors,
}

/** Every door to a field, at the gateway and at each subgraph it stands in. */
export function doorsTo({ field, type }: Row): Door[] {
  const read = special[field] ?? doors[type] ?? []
  const found = [...read, ...(allRootDoors[field] ?? []), ...(allOutcomeDoors[type] ?? [])]
  if (!found.length) throw new Error(`nobody said how ${field} is reached: add a door`)
  return found
}
