import type { Cast } from './cast.ts'
import { aClinicInput, type Door } from './door.ts'
import type { Actor, SubgraphName } from './matrix.ts'

export const everybodyBut =
  (...some: Actor[]) =>
  (actor: Actor) =>
    !some.includes(actor)
export const only =
  (...some: Actor[]) =>
  (actor: Actor) =>
    some.includes(actor)

/** The fields of a type within an entity: through the gateway by its roots, at its subgraphs by its key. */
type Entity = (within: string, subgraphs: SubgraphName[]) => Door[]
export const byKey = (
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
export const atTheDesk = (which: keyof Cast['requests'], within: string, at: Door['at']): Door => ({
  at,
  for: only('staff'),
  text: `query Wanted($id: ID!) { changeRequest(id: $id) { ${within} } }`,
  variables: ({ requests }) => ({ id: requests[which] }),
})

export const patient: Entity = (within, subgraphs) => [
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

export const appointment =
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
export const changed =
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
export const letter = bookingLetter('AppointmentLetter', ({ letterId }) => letterId)
export const admissionLetter = bookingLetter('AdmissionLetter', ({ records }) => records.admissionLetter)

/** A clinic is everybody's who is a patient here: each comes by an appointment of their own. */
export const clinic: Entity = (within, subgraphs) => [
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

export const changeRequest =
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

export const hospitalMessage: Entity = (within, subgraphs) => [
  { at: 'gateway', text: `{ refusedHospitalMessages { nodes { ${within} } } }`, variables: () => ({}) },
  ...subgraphs.map((it) => byKey('HospitalMessage', it, within, ({ messages }) => ({ id: messages.toReplay.id }))),
]
