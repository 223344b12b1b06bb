import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { behindTheDoor } from '../crowd.ts'
import { aPartnerSystem, aRegistration } from '../partner-systems.ts'
import { versionOf } from '../sharing.ts'
import type { Cast } from './cast.ts'
import { type Door, input, keyed, mutation, outcome, type Variables } from './door.ts'
import { only, patient } from './entities.ts'
import type { Actor } from './matrix.ts'
import { aWordOnSharing } from './partners.ts'
import { viewerOf } from './viewers.ts'

const chosen = keyed(async (cast, actor) => ({
  organisationCode: cast.partners.chosenCode,
  version: await shownVersion(cast, actor),
  categories: ['LETTERS'],
}))
const chosenTooLate = keyed(({ partners }) => ({
  organisationCode: partners.chosenCode,
  version: 'of another day',
  categories: ['RESULTS'],
}))
const ofNobody = keyed(() => ({ organisationCode: 'ZZZ', version: 'none', categories: [] }))
const stopped = (within: string): Door => ({
  ...mutation(
    'stopSharing',
    keyed(() => ({})),
    within,
  ),
  bySomebodyNew: true,
})
const said = keyed(({ portal, owner }) => aWordOnSharing(portal, owner.id))
const saidOfNobody = keyed(({ portal }) => aWordOnSharing(portal, randomUUID()))
const registered = input(() => aRegistration())
const itself = input(() => aRegistration({ organisationCode: 'RWG', organisationName: 'West Hertfordshire' }))
const changed = keyed(({ partners }) => ({ id: partners.bound.id, operationHashes: ['b'.repeat(64)] }))
const unknown = keyed(() => ({ id: randomUUID() }))
const unknownChanged = keyed(() => ({ id: randomUUID(), scopes: ['patients.read'] }))
/** One that may end; for everybody but who can end it, it is enough to try. */
const revoked = keyed(async ({ portal }, actor) => ({
  id: actor === 'system' ? (await aPartnerSystem(portal)).id : randomUUID(),
}))
const list = (text: string): Door => ({ at: 'both', text, variables: () => ({}) })

const used: Variables = ({ partners, portal }) => ({
  client: partners.bound.id,
  token: randomUUID(),
  until: new Date(portal.clock.now().getTime() + 60_000),
})
const kept: Variables = ({ partners, portal }) => ({
  hash: randomBytes(32).toString('base64url'),
  client: partners.elsewhere.id,
  scopes: ['patients.read'],
  until: new Date(portal.clock.now().getTime() + 60_000),
})

/** How each root field about sharing, and about the systems of partners, is asked. */
export const sharingRootDoors: Record<string, Door[]> = {
  'Query.patientByNhsNumber': [
    {
      at: 'both',
      text: `query Wanted($nhsNumber: String!, $bornOn: LocalDate!) {
        wanted: patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { __typename } }`,
      variables: ({ owner, nhsNumber }) => ({ nhsNumber, bornOn: owner.bornOn }),
    },
  ],
  'Query.partnerClients': [list('{ wanted: partnerClients { __typename } }')],
  'Query.partnerClientKeys': [
    keysOf(({ bound }) => bound.id, 'wanted: partnerClientKeys(clientId: $id) { __typename }'),
  ],
  'Mutation.chooseSharing': [mutation('chooseSharing', chosen)],
  'Mutation.stopSharing': [stopped('__typename')],
  'Mutation.recordSharing': [mutation('recordSharing', said)],
  'Mutation.registerPartnerClient': [mutation('registerPartnerClient', registered)],
  'Mutation.changePartnerClient': [mutation('changePartnerClient', changed)],
  'Mutation.revokePartnerClient': [mutation('revokePartnerClient', revoked)],
  'Mutation.usePartnerAssertion': [
    {
      at: 'both',
      text: `mutation Wanted($client: ID!, $token: String!, $until: DateTime!) {
        wanted: usePartnerAssertion(clientId: $client, tokenId: $token, expiresAt: $until) }`,
      variables: used,
    },
  ],
  'Mutation.endPartnerTokens': [
    {
      at: 'both',
      text: 'mutation Wanted($client: ID!) { wanted: endPartnerTokens(clientId: $client, keyIds: ["theirs"]) }',
      variables: ({ partners }) => ({ client: partners.elsewhere.id }),
    },
  ],
  'Mutation.keepPartnerToken': [
    {
      at: 'both',
      text: `mutation Wanted($hash: ID!, $client: ID!, $scopes: [String!]!, $until: DateTime!) {
        wanted: keepPartnerToken(tokenHash: $hash, clientId: $client, keyId: "theirs", scopes: $scopes, expiresAt: $until) }`,
      variables: kept,
    },
  ],
}

/** What they come to, and what is read about sharing and about who looked. */
export const sharingDoors: Record<string, Door[]> = {
  OrganisationSharing: patient('sharing { % }', ['patients']),
  SharedCategory: patient('sharing { categories { % } }', ['patients']),
  RecordAccessConnection: accesses('%'),
  RecordAccess: accesses('nodes { % }'),
  SharingChosen: outcome('chooseSharing', 'SharingChosen', chosen),
  SharingHasChanged: outcome('chooseSharing', 'SharingHasChanged', chosenTooLate),
  SharingStopped: [stopped('... on SharingStopped { % }')],
  SharingNotPossible: outcome('chooseSharing', 'SharingNotPossible', ofNobody),
  SharingRecorded: outcome('recordSharing', 'SharingRecorded', said),
  SharingNotRecorded: outcome('recordSharing', 'SharingNotRecorded', saidOfNobody),
  PartnerClient: [list('{ partnerClients { % } }')],
  PartnerClientRegistered: outcome('registerPartnerClient', 'PartnerClientRegistered', registered),
  PartnerClientNotRegistered: outcome('registerPartnerClient', 'PartnerClientNotRegistered', itself),
  PartnerClientChanged: outcome('changePartnerClient', 'PartnerClientChanged', changed),
  PartnerClientNotChanged: outcome('changePartnerClient', 'PartnerClientNotChanged', unknownChanged),
  PartnerClientRevoked: outcome('revokePartnerClient', 'PartnerClientRevoked', revoked),
  PartnerClientNotRevoked: outcome('revokePartnerClient', 'PartnerClientNotRevoked', unknown),
  PartnerClientKeys: [keysOf(({ bound }) => bound.id)],
}

/** Fields that have a value only in special circumstances. */
export const specialSharingDoors: Record<string, Door[]> = {
  'Patient.sharingStoppedAt': [
    ...patient('%', ['patients']),
    { ...stopped('... on SharingStopped { patient { % } }'), for: only('patient') },
  ],
  'PartnerClientKeys.keysUrl': [keysOf(({ elsewhere }) => elsewhere.id)],
  'Viewer.organisationCode': [behindToken(({ bound }) => bound.token)],
  'Viewer.organisationName': [behindToken(({ bound }) => bound.token)],
  'Viewer.operationHashes': [behindToken(({ bound }) => bound.token)],
  'Viewer.retryAfterSeconds': [behindToken(({ hasty }) => hasty.token, askTooOften)],
}

/** What the page of a patient shows; others have none, and may not choose. */
const shownVersion = (cast: Cast, actor: Actor) =>
  actor === 'patient' || actor === 'another patient'
    ? versionOf(behindTheDoor(cast.portal), viewerOf(cast, actor), cast.partners.chosenCode)
    : 'none'

/** Each subgraph answers for its part of the record. */
function accesses(within: string): Door[] {
  return [
    ...patient(`detailsAccesses { ${within} }`, ['patients']),
    ...patient(`appointmentAccesses { ${within} }`, ['appointments']),
    ...patient(`documentAccesses { ${within} }`, ['documents']),
  ]
}

function keysOf(which: (partners: Cast['partners']) => string, field = 'partnerClientKeys(clientId: $id) { % }'): Door {
  return {
    at: 'both',
    text: `query Wanted($id: ID!) { ${field} }`,
    variables: ({ partners }) => ({ id: which(partners) }),
  }
}

function behindToken(which: (partners: Cast['partners']) => string, before?: (cast: Cast) => Promise<void>): Door {
  return {
    at: 'both',
    text: 'query Wanted($id: ID!) { viewerOf(tokenHash: $id) { % } }',
    variables: async (cast) => {
      await before?.(cast)
      return { id: createHash('sha256').update(which(cast.partners)).digest('base64url') }
    },
  }
}

/** More than five in a second that does not pass. */
async function askTooOften({ portal, partners }: Cast): Promise<void> {
  const headers = { 'x-end-user-id': 'c-17', 'x-end-user-role': 'Consultant' }
  for (let count = 0; count < 6; count++) await portal.ask(partners.hasty.token, '{ trust { name } }', {}, headers)
}
