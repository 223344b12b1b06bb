import { randomUUID } from 'node:crypto'
import { Role, type Viewer } from '../subgraphs/runtime/viewer.ts'
import { type Alone, patient, system } from './alone.ts'
import { aPartnerClient } from './partner-clients.ts'
import type { World } from './world.ts'

/** What of a record is shared: the categories of the graph. */
export type Category = 'APPOINTMENTS' | 'LETTERS' | 'RESULTS'
export const everyCategory: Category[] = ['APPOINTMENTS', 'LETTERS', 'RESULTS']

export const royalFree = { code: 'RAL', name: 'Royal Free London NHS Foundation Trust' }
export const bartsHealth = { code: 'R1H', name: 'Barts Health NHS Trust' }

/** A system of a partner organisation, for a consultant there. */
export const askingFor = (organisation = royalFree, more: Partial<Viewer> = {}): Viewer => ({
  role: Role.PARTNER,
  actorId: `partner:of-${organisation.code}`,
  name: 'Clinical record',
  patientIds: [],
  scopes: ['patients.read', 'appointments.read', 'documents.read', 'results.read'],
  organisation,
  endUser: { id: 'a.osei', role: 'Consultant' },
  ...more,
})

/** Lets an organisation be one that records can be shared with. Gives the id of its client. */
export const aPartner = async (it: Pick<Alone, 'ask'>, { code, name } = royalFree): Promise<string> =>
  (await aPartnerClient(it, { organisationCode: code, organisationName: name })).id

/** Asks the whole portal as the holder of a token, whoever is named. */
export const asHolder = ({ ask }: World, token: string): Pick<Alone, 'ask'> => ({
  async ask(_, query, variables) {
    const { data, errors } = await ask(token, query, variables)
    return { data, ...(errors.length > 0 && { errors }) } as never
  },
})

/** What a patient sees of one organisation. */
export interface Shared {
  organisationCode: string
  organisationName: string
  version: string
  categories: {
    category: Category
    shared: boolean
    basis: 'CONSENT' | 'DIRECT_CARE' | null
    chosen: boolean
    since: string | null
    until: string | null
  }[]
}
const sharedFields = 'organisationCode organisationName version categories { category shared basis chosen since until }'

export interface Choice {
  __typename: string
  message?: string
  patient?: { id: string }
  organisation?: Shared
}

/** Says, as the patient, what an organisation may see: from a page of this moment, unless another version is given. */
export async function chooseSharing(
  it: Pick<Alone, 'ask'>,
  who: Viewer | string,
  categories: Category[],
  facts: { organisationCode?: string; idempotencyKey?: string; version?: string } = {},
): Promise<Choice> {
  const { organisationCode = royalFree.code, idempotencyKey = randomUUID() } = facts
  const version = facts.version ?? (await versionOf(it, who, organisationCode))
  const text = `mutation C($input: ChooseSharingInput!) { chooseSharing(input: $input) { __typename ... on SharingChosen { patient { id } organisation { ${sharedFields} } } ... on SharingHasChanged { organisation { ${sharedFields} } } ... on Problem { message } } }`
  const input = { idempotencyKey, organisationCode, version, categories }
  const { data, errors } = await it.ask(typeof who === 'string' ? patient(who) : who, text, { input })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.chooseSharing as unknown as Choice
}

export interface HospitalsWord {
  __typename: string
  message?: string
  patient?: { id: string }
}

/** Says, as the hospital, what an organisation may see for direct care. */
export async function recordSharing(
  { ask, clock }: Pick<Alone, 'ask' | 'clock'>,
  patientId: string,
  categories: Category[],
  facts: { organisationCode?: string; eventAt?: string; until?: string | null; idempotencyKey?: string } = {},
): Promise<HospitalsWord> {
  const text = `mutation S($input: RecordSharingInput!) { recordSharing(input: $input) { __typename ... on SharingRecorded { patient { id } } ... on Problem { message } } }`
  const input = {
    idempotencyKey: randomUUID(),
    eventAt: clock.now().toISOString(),
    organisationCode: royalFree.code,
    patientId,
    categories,
    ...facts,
  }
  const { data, errors } = await ask(system, text, { input })
  if (errors) throw new Error(JSON.stringify(errors))
  return data?.recordSharing as unknown as HospitalsWord
}

/** Objects, as the patient, to all sharing, now and with whoever comes. */
export async function stopSharing(
  { ask }: Pick<Alone, 'ask'>,
  who: Viewer | string,
  idempotencyKey: string = randomUUID(),
): Promise<void> {
  const text = `mutation S($input: StopSharingInput!) { stopSharing(input: $input) { __typename ... on SharingStopped { patient { id } } } }`
  const viewer = typeof who === 'string' ? patient(who) : who
  const { data, errors } = await ask(viewer, text, { input: { idempotencyKey } })
  const stopped = { __typename: 'SharingStopped', patient: { id: viewer.patientIds[0] } }
  if (errors || JSON.stringify(data?.stopSharing) !== JSON.stringify(stopped))
    throw new Error(JSON.stringify([data, errors]))
}

/** Which state of things the patient's page shows of an organisation; none of one that it does not show. */
export const versionOf = async (it: Pick<Alone, 'ask'>, who: Viewer | string, organisationCode = royalFree.code) =>
  (await sharingOf(it, who)).find((shown) => shown.organisationCode === organisationCode)?.version ?? 'not shown'

/** What a patient reads of who may see their record. */
export async function sharingOf({ ask }: Pick<Alone, 'ask'>, who: Viewer | string): Promise<Shared[]> {
  const viewer = typeof who === 'string' ? patient(who) : who
  const { data, errors } = await ask(viewer, `{ me { sharing { ${sharedFields} } } }`)
  if (errors) throw new Error(JSON.stringify(errors))
  return (data?.me as unknown as { sharing: Shared[] }).sharing
}

/** What an organisation may see of somebody at its next request, by what it is granted; undefined when they are not found. */
export async function grantedNow(
  { ask }: Pick<Alone, 'ask'>,
  { nhsNumber, bornOn = '1984-03-09' }: { nhsNumber: string | null; bornOn?: unknown },
  viewer = askingFor(),
): Promise<{ patientIds: string[]; categories: Category[] } | undefined> {
  const query = `query P($n: String!, $d: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $d) { grant } }`
  const { data, errors } = await ask(viewer, query, { n: nhsNumber, d: bornOn })
  if (errors) throw new Error(JSON.stringify(errors))
  const found = data?.patientByNhsNumber as unknown as { grant: string } | null
  const [payload = ''] = found?.grant.split('.') ?? []
  return found ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as never) : undefined
}
