import { randomUUID } from 'node:crypto'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { patient, staff, system } from './alone.ts'
import type { Behind } from './behind.ts'

/** A clinician who releases results: of the clinics named, or of all. */
export const clinician = (name: string, ...clinicCodes: string[]): Viewer => ({
  ...staff,
  actorId: `staff:${name.toLowerCase()}`,
  name,
  scopes: ['results', ...(clinicCodes.length ? clinicCodes.map((code) => `clinic:${code}`) : ['clinics:*'])],
})

export interface SentValue {
  key?: string
  test: { code?: string | null; system?: string | null; name: string }
  value: string
  unit?: string
  range?: string
  flag?: string
  status?: string
  measuredAt?: string
  comments?: string[]
}

export const haemoglobin = (value = '135', more: Partial<SentValue> = {}): SentValue => ({
  test: { code: '718-7', system: 'LN', name: 'Haemoglobin' },
  value,
  unit: 'g/L',
  range: '130-180',
  flag: 'N',
  ...more,
})

/** What a laboratory sends of a full blood count; everything in it can be another. */
export const aBloodCount = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  eventAt: '2026-11-23T09:50:00Z',
  hospitalId: `LAB.${randomUUID()}.58410-2`,
  patientId: 'amal',
  panel: { code: '58410-2', system: 'LN', name: 'Full blood count' },
  department: 'HM',
  status: 'F',
  laboratory: 'Watford Pathology',
  specimen: 'Blood',
  requestedBy: 'Dr Ada Okafor',
  collectedAt: '2026-11-22T08:00:00Z',
  reportedAt: '2026-11-23T09:45:00Z',
  observations: [haemoglobin()],
  ...more,
})

const section = { heading: 'Report', paragraphs: ['The heart and lungs look normal.'], items: [] }
/** A report of a picture: it opens after the days that the trust sets. */
export const anXRay = (more: Record<string, unknown> = {}): Record<string, unknown> =>
  aBloodCount({
    panel: { code: 'XCHES', system: 'NICIP', name: 'X-ray of the chest' },
    department: 'RAD',
    observations: [],
    report: [section],
    ...more,
  })

/** A test whose result only a clinician opens. */
export const aBiopsy = (more: Record<string, unknown> = {}): Record<string, unknown> =>
  anXRay({ panel: { code: '714797009', system: 'SCT', name: 'Biopsy of the skin' }, department: 'SP', ...more })

/** What an operation came to: its kind, and whatever was asked of it. */
export interface Outcome {
  readonly __typename: string
  readonly message?: string
  readonly [more: string]: unknown
}

const outcomeFields = `__typename ... on Problem { message } ... on DocumentIncomplete { field }`
const shownFields = `id title state opensAt unread correctedAt notice panel status requestedBy laboratory specimen
  collectedAt reportedAt comments report { heading paragraphs }
  observations { name code codeSystem value number comparator unit range { text low high } flag status comments measuredAt }`
const releaseFields = `release { class reason opensAt alarm steps { at act by reason } } patient { id }`

async function asked(hospital: Behind, as: Viewer, name: string, query: string, variables: Record<string, unknown>) {
  const { data, errors } = await hospital.ask(as, query, variables)
  if (errors) throw new Error(errors.map(({ message, extensions }) => `${String(extensions?.code)} ${message}`).join())
  return data?.[name] as unknown
}

/** Sends a result to the portal. */
export async function record(hospital: Behind, sent: Record<string, unknown>, as: Viewer = system): Promise<Outcome> {
  const observations = (sent.observations as SentValue[]).map((value, at) => ({ key: `${at}`, status: 'F', ...value }))
  const input = { idempotencyKey: randomUUID(), ...sent, observations }
  const query = `mutation Record($input: RecordTestResultInput!) {
    recordTestResult(input: $input) { ${outcomeFields} ... on TestResultRecorded { created flags result { id } } }
  }`
  return (await asked(hospital, as, 'recordTestResult', query, { input })) as Outcome
}

/** Sends one that must be taken. Its id. */
export async function recorded(hospital: Behind, sent: Record<string, unknown>): Promise<string> {
  const { __typename, message, result } = await record(hospital, sent)
  if (__typename !== 'TestResultRecorded') throw new Error(`${__typename} ${String(message)}`)
  return (result as { id: string }).id
}

export interface Seen {
  id: string
  title: string
  state: string
  opensAt: string | null
  unread: boolean
  correctedAt: string | null
  notice: string | null
  panel: string | null
  status: string | null
  comments: string[]
  report: { heading: string; paragraphs: string[] }[]
  observations: (Record<string, unknown> & { value: string })[]
  release: {
    class: string
    reason: string
    opensAt: string | null
    alarm: boolean
    steps: { at: string; act: string; by: string | null; reason: string | null }[]
  }
}

/** A result as its patient sees it; null when they see none. */
export const asPatient = async (hospital: Behind, id: string, patientId = 'amal') =>
  (await asked(
    hospital,
    patient(patientId),
    'document',
    `query ($id: ID!) { document(id: $id) { ... on TestResult { ${shownFields} } } }`,
    { id },
  )) as Seen | null

/** A result as staff see it; null when they see none. */
export const asStaff = async (hospital: Behind, id: string, viewer = clinician('Peter')) =>
  (await asked(
    hospital,
    viewer,
    'testResult',
    `query ($id: ID!) { testResult(id: $id) { ${shownFields} ${releaseFields} } }`,
    { id },
  )) as Seen | null

type Act = 'release' | 'hold' | 'retract'
/** What a clinician does to a result, from a page that shows it as it is, or as it was. */
export async function act(
  hospital: Behind,
  as: Viewer,
  what: Act,
  resultId: string,
  more: { steps?: number; until?: string; reason?: string; idempotencyKey?: string } = {},
): Promise<Outcome> {
  const steps = more.steps ?? (await asStaff(hospital, resultId))?.release.steps.length ?? 0
  const reason = what === 'release' ? {} : { reason: 'The team phones first.' }
  const input = { idempotencyKey: randomUUID(), resultId, steps, ...reason, ...more }
  const name = `${what}TestResult`
  const done = { release: 'TestResultReleased', hold: 'TestResultHeld', retract: 'TestResultRetracted' }[what]
  const type = `${what[0]?.toUpperCase()}${name.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    ${outcomeFields.replace('... on DocumentIncomplete { field }', '')}
    ... on ${done} { result { id state } } ... on TestResultHasChanged { result { id state } }
  } }`
  return (await asked(hospital, as, name, query, { input })) as Outcome
}

export const actsOn = (seen: Seen | null) => seen?.release.steps.map((it) => it.act)
