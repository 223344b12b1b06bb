import { randomUUID } from 'node:crypto'
import { anAssertion, newKeys } from '../gateway/test/an-assertion.ts'
import type { Keys } from '../gateway/test/an-assertion.ts'
import { everyCategory, everyScope } from './granted.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { type Answer, aPerson, type PersonInWorld, post, type World } from './world.ts'

const organisation = { organisationCode: 'RAL', organisationName: 'Royal Free London NHS Foundation Trust' }

/** A system of the Royal Free with a key of its own: registered, and everything else it has to do for itself. */
export interface PartnerInWorld {
  readonly id: string
  readonly keys: Keys
  /** With which it asks for a token. */
  assertion(otherwise?: Parameters<typeof anAssertion>[1]): string
}

const outcomes = {
  registerPartnerClient: ['RegisterPartnerClientInput', 'PartnerClientRegistered'],
  changePartnerClient: ['ChangePartnerClientInput', 'PartnerClientChanged'],
  revokePartnerClient: ['RevokePartnerClientInput', 'PartnerClientRevoked'],
} as const

/** Registers, changes or revokes a system, as the command does. Gives its client id. */
export async function tellOfPartner(portal: World, mutation: keyof typeof outcomes, facts: object): Promise<string> {
  const [input, done] = outcomes[mutation]
  const data = await portal.system(
    `mutation T($input: ${input}!) { ${mutation}(input: $input) { ... on ${done} { client { id } } ... on Problem { message } } }`,
    { input: { idempotencyKey: randomUUID(), ...facts } },
  )
  const { client, message } = data[mutation] as unknown as { client?: { id: string }; message?: string }
  if (!client) throw new Error(message)
  return client.id
}

export const keySetOf = (...keys: Keys[]) => JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) })

let count = 0
/** `audience` is the issuer as the partner knows it. */
export async function aPartnerInWorld(
  portal: World,
  { audience = portal.graph.gateway.url, keys = newKeys(), scopes = everyScope } = {},
): Promise<PartnerInWorld> {
  const name = `Care record ${(count += 1)}`
  const facts = { ...organisation, name, scopes, keys: keySetOf(keys) }
  const id = await tellOfPartner(portal, 'registerPartnerClient', facts)
  return { id, keys, assertion: (otherwise = {}) => anAssertion({ clientId: id, audience, keys }, otherwise) }
}

export interface PersonWithNumber extends PersonInWorld {
  nhsNumber: string
}

/** A person of whom nothing is shared. */
export async function aPersonWithNumber(portal: World): Promise<PersonWithNumber> {
  const nhsNumber = anNhsNumber((count += 1))
  return { ...(await aPerson(portal, { nhsNumber })), nhsNumber }
}

/** The hospital shares everything of theirs with the Royal Free, for direct care. */
export async function shareEverything(portal: World, { id }: PersonWithNumber): Promise<void> {
  const sharing = { patientId: id, organisationCode: organisation.organisationCode, categories: everyCategory }
  const data = await portal.system(
    `mutation S($input: RecordSharingInput!) { recordSharing(input: $input) { ... on SharingRecorded { patient { id } } ... on Problem { message } } }`,
    { input: { idempotencyKey: randomUUID(), eventAt: portal.clock.now(), ...sharing } },
  )
  const { message } = data.recordSharing as unknown as { message?: string }
  if (message) throw new Error(message)
}

/** Asks for a person as a partner does, for a consultant; a second later, for the clock of a test stands still. */
export function findPerson(portal: World, token: string, { nhsNumber, bornOn }: PersonWithNumber): Promise<Answer> {
  portal.clock.pass(1)
  const query = `query P($n: String!, $d: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $d) { id hospitalNumber nhsNumber } }`
  const variables = { n: nhsNumber, d: bornOn }
  return post(
    portal.url,
    token,
    { query, variables },
    { 'x-end-user-id': 'dr.okafor', 'x-end-user-role': 'Consultant' },
  )
}
