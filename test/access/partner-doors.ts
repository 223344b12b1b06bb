import { randomUUID } from 'node:crypto'
import type { Request } from '../granted.ts'
import type { Cast } from './cast.ts'
import type { Door, Variables } from './door.ts'
import { isPartner, type SubgraphName } from './matrix.ts'
import { dayOfRecords } from './records.ts'

const find = (within: string) => `query Wanted($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { ${within} } }`
const whom = ({ owner, nhsNumber }: Cast) => ({ nhsNumber, bornOn: owner.bornOn })

/** What comes along from `patients` when the gateway goes on to another subgraph; to a partner that was refused there, the bare id. */
async function whatStandsFor(cast: Cast, request: Request): Promise<object> {
  const patients = cast.portal.graph.subgraphs.get('patients')
  const answer = await patients?.execute({ query: find('id grant'), variables: whom(cast), ...request })
  const found = answer?.data?.patientByNhsNumber as { id: string; grant: string } | null | undefined
  return { __typename: 'Patient', id: cast.owner.id, grant: null, ...found }
}

const standingFor: Variables = async (cast, _, request) => ({
  people: [
    await whatStandsFor(cast, request ?? { viewer: cast.partners.systems.partner.viewer, requestId: randomUUID() }),
  ],
})

/** Partners meet a person by number and date of birth, and everything else through that person. */
const throughPerson = (within: string, ...subgraphs: SubgraphName[]): Door[] => [
  { at: 'gateway', for: isPartner, text: find(within), variables: whom },
  ...subgraphs.map((subgraph): Door => {
    if (subgraph === 'patients') return { at: subgraph, for: isPartner, text: find(within), variables: whom }
    const text = `query Wanted($people: [_Any!]!) { _entities(representations: $people) { ... on Patient { ${within} } } }`
    return { at: subgraph, for: isPartner, text, variables: standingFor }
  }),
]

const ofAppointments = (within: string) =>
  throughPerson(
    `upcoming: appointments(period: UPCOMING, first: 50) { nodes { ${within} } }
     past: appointments(period: PAST, first: 50) { nodes { ${within} } }`,
    'appointments',
  )
const ofDocuments = (within: string, args = 'first: 50') =>
  throughPerson(`documents(${args}) { nodes { ${within} } }`, 'documents')
/** Which of them to ask for: there are more than one page of some, and not every one has every field. */
const letters = {
  AppointmentLetter: 'kinds: [APPOINTMENT_LETTER]',
  AdmissionLetter: 'kinds: [ADMISSION_LETTER]',
  OutcomeLetter: 'kinds: [OUTCOME_LETTER]',
  DischargeSummary: 'kinds: [DISCHARGE_SUMMARY]',
  OtherLetter: `kinds: [LETTER], until: "${dayOfRecords}"`,
}
const ofLetter = (type: keyof typeof letters, within: string) =>
  ofDocuments(`... on ${type} { ${within} }`, `first: 50, filter: { ${letters[type]} }`)
const letterDoors = (Object.keys(letters) as (keyof typeof letters)[]).map((type) => [type, ofLetter(type, '%')])
const ofResults = (within: string) =>
  throughPerson(
    `written: documents(filter: { kinds: [TEST_RESULT], until: "${dayOfRecords}" }) { nodes { ... on TestResult { ${within} } } }
     waiting: documents(filter: { kinds: [TEST_RESULT] }) { nodes { ... on TestResult { ${within} } } }`,
    'documents',
  )
/** A corrected letter with a file, and one that waits: more than two files at once are refused. */
const ofFiles = (within: string) => ofDocuments(`pdf { ${within} }`, 'first: 2, filter: { kinds: [OUTCOME_LETTER] }')

/** How partners come to the fields of each type, whether they may use them or not. */
export const partnerDoors: Record<string, Door[]> = {
  Patient: throughPerson('%', 'patients', 'appointments', 'documents'),
  PersonName: throughPerson('name { % }', 'patients'),
  PostalAddress: throughPerson('address { % }', 'patients'),
  CommunicationNeeds: throughPerson('needs { % }', 'patients'),
  Session: throughPerson('sessions { % }', 'patients'),
  OrganisationSharing: throughPerson('sharing { % }', 'patients'),
  RecordAccess: throughPerson('detailsAccesses { nodes { % } }', 'patients'),
  AppointmentConnection: throughPerson('appointments(period: UPCOMING) { % }', 'appointments'),
  PageInfo: throughPerson('appointments(period: UPCOMING) { pageInfo { % } }', 'appointments'),
  Appointment: ofAppointments('%'),
  Arrangement: ofAppointments('arrangements { % }'),
  Cancellation: ofAppointments('cancellation { % }'),
  AppointmentMove: ofAppointments('lastMove { % }'),
  Place: ofAppointments('place { % }'),
  Clinic: ofAppointments('clinic { % }'),
  ChangeRequest: ofAppointments('changeRequests { % }'),
  Notice: ofAppointments('canCancel { ... on CancelOpen { notice { % } } }'),
  DocumentConnection: throughPerson('documents { % }', 'documents'),
  RecordSource: throughPerson('documents { sources { % } }', 'documents'),
  ...(Object.fromEntries(letterDoors) as Record<keyof typeof letters, Door[]>),
  LetterAddressee: ofLetter('AppointmentLetter', 'addressee { % }'),
  LetterSection: ofLetter('OutcomeLetter', 'sections { % }'),
  DocumentProvenance: ofDocuments('provenance { % }'),
  DocumentPdf: ofFiles('%'),
  TestResult: ofResults('%'),
  TestObservation: ofResults('observations { % }'),
  ReferenceRange: ofResults('observations { range { % } }'),
  TrendPoint: ofResults('observations { trend { % } }'),
  ResultRelease: ofResults('release { % }'),
}
