import { randomUUID } from 'node:crypto'
import { type Alone, anonymous, system } from './alone.ts'

let count = 0

/** What the hospital says of a new person; everything can be said otherwise. */
export interface PersonFacts {
  hospitalNumber?: string | null
  nhsNumber?: string | null
  name?: { title?: string; given: string[]; family: string }
  bornOn?: string
  mobile?: string | null
  email?: string | null
  eventAt?: string
  [more: string]: unknown
}

const recordPatient = `mutation RecordPatient($input: RecordPatientInput!) {
  recordPatient(input: $input) {
    __typename
    ... on PatientRecorded { created flags recordId patient { id hospitalNumber nhsNumber mobile email bornOn deceased messageable name { full title given family } address { lines postcode } needs { preferredLanguage } } }
    ... on PatientIncomplete { field }
    ... on Problem { message }
  }
}`

interface RecordedPatient {
  id: string
  nhsNumber: string | null
  hospitalNumber: string | null
  mobile: string | null
  email: string | null
  messageable: boolean
  [more: string]: unknown
}

/** What came of telling `patients` about a person. */
export interface Recorded {
  __typename: string
  created: boolean
  recordId: string
  flags: string[]
  patient: RecordedPatient
  message: string
  field: string
}

/** A number nobody else in this run has. */
export const aHospitalNumber = () => `T${String((count += 1)).padStart(6, '0')}`

/** Tells the portal of a person, as the hospital's feed does. */
export async function recordPerson(
  { ask, clock }: Pick<Alone, 'ask' | 'clock'>,
  facts: PersonFacts = {},
): Promise<Recorded> {
  const input = {
    idempotencyKey: randomUUID(),
    eventAt: clock.now().toISOString(),
    hospitalNumber: aHospitalNumber(),
    name: { given: ['Amal'], family: 'Haddad' },
    bornOn: '1984-03-09',
    mobile: `077009${String(count).padStart(5, '0')}`,
    ...facts,
  }
  const { data, errors } = await ask(system, recordPatient, { input })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.recordPatient as unknown as Recorded
}

/** A person on the record, by the id the portal gave. */
export const aPatient = async (it: Pick<Alone, 'ask' | 'clock'>, facts: PersonFacts = {}) =>
  (await recordPerson(it, facts)).patient

const start = `mutation StartLogin($input: StartLoginInput!) {
  startLogin(input: $input) {
    __typename
    ... on LoginCodeSent { challengeId channel expiresAt }
    ... on LoginPaused { until }
    ... on ContactNotUsable { field }
    ... on Problem { message }
  }
}`
const finish = `mutation FinishLogin($input: FinishLoginInput!) {
  finishLogin(input: $input) {
    __typename
    ... on LoggedIn { token session { id startedAt expiresAt device } }
    ... on WrongCode { triesLeft }
    ... on NhsNumberNeeded { challengeId triesLeft }
    ... on LoginPaused { until }
    ... on Problem { message }
  }
}`

export interface LoginAnswer {
  __typename: string
  challengeId: string
  channel: string
  expiresAt: string
  until: string
  field: string
  message: string
  token: string
  triesLeft: number
  session: { id: string; startedAt: string; expiresAt: string; device: string }
}

/** Asks for a code, from an address of its own unless one is given. */
export async function startLogin(
  { ask }: Alone,
  input: { contact: string; bornOn: string; channel?: string },
  address = anAddress(),
): Promise<LoginAnswer> {
  const { data, errors } = await ask(anonymous(address), start, { input: { channel: 'TEXT', ...input } })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.startLogin as unknown as LoginAnswer
}

export async function finishLogin(
  { ask }: Alone,
  { challengeId, code }: { challengeId: string; code: string },
  address = anAddress(),
): Promise<LoginAnswer> {
  const { data, errors } = await ask(anonymous(address), finish, { input: { challengeId, code } })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.finishLogin as unknown as LoginAnswer
}

/** The code that would be sent, as the system that sends it reads it. */
export async function codeOf({ ask }: Alone, challengeId: string): Promise<string | undefined> {
  const { data } = await ask(system, `query Code($id: ID!) { loginCode(challengeId: $id) { code contact channel } }`, {
    id: challengeId,
  })
  return (data?.loginCode as unknown as { code: string } | null)?.code
}

/** A code that is certainly not the right one. */
export const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

let addresses = 0
/** A client address nobody else in this run has. */
export const anAddress = () => `2001:db8:${(addresses += 1).toString(16)}::1`
