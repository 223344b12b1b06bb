import { randomUUID } from 'node:crypto'
import { everyScope } from '../granted.ts'
import { aPartnerSystem, type PartnerSystem } from '../partner-systems.ts'
import { asHolder, type Category, chooseSharing, everyCategory } from '../sharing.ts'
import type { PersonInWorld, World } from '../world.ts'
import type { PartnerActor } from './matrix.ts'

/** Organisations of the cast, by what the owner of everything lets them see. */
const organisations = {
  shared: { organisationCode: 'RAL', organisationName: 'Royal Free London NHS Foundation Trust' },
  unshared: { organisationCode: 'RYJ', organisationName: 'Imperial College Healthcare NHS Trust' },
  withdrawn: { organisationCode: 'RRV', organisationName: 'University College London Hospitals' },
  /** For a while, by the word of the hospital. */
  forAWhile: { organisationCode: 'RJ1', organisationName: "Guy's and St Thomas'" },
  /** With which everybody may choose to share, and nothing depends on it. */
  toChoose: { organisationCode: 'RQM', organisationName: 'Chelsea and Westminster Hospital' },
}

/** The systems of partners that the matrix asks about. */
export interface Partners {
  readonly systems: Readonly<Record<Exclude<PartnerActor, 'partner without the scope'>, PartnerSystem>>
  /** Each with every scope but one. */
  readonly without: Readonly<Record<string, PartnerSystem>>
  /** Registered with a list of operations. */
  readonly bound: PartnerSystem
  /** Its keys are at an address of its own. */
  readonly elsewhere: PartnerSystem
  /** One that asks too often. */
  readonly hasty: PartnerSystem
  readonly chosenCode: string
}

/** Everybody who asks for partners, after the owner has said what each may see. */
export async function partnersOf(
  { portal, owner, nhsNumber }: { portal: World; owner: PersonInWorld; nhsNumber: string },
  token: string,
): Promise<Partners> {
  const { shared, unshared, withdrawn, forAWhile, toChoose } = organisations
  const system = (facts: Parameters<typeof aPartnerSystem>[1]) => aPartnerSystem(portal, facts)
  const systems = {
    partner: await system(shared),
    'partner nobody shares with': await system(unshared),
    'partner whose sharing was withdrawn': await system(withdrawn),
  }
  const without: Record<string, PartnerSystem> = {}
  for (const scope of everyScope)
    without[scope] = await system({ ...shared, scopes: everyScope.filter((it) => it !== scope) })
  const bound = await system({ ...toChoose, operationHashes: ['a'.repeat(64)] })
  const elsewhere = await system({ ...forAWhile, keysUrl: `https://${keyHost}/keys` })
  for (const { organisationCode } of [shared, withdrawn]) await choose(portal, token, organisationCode, everyCategory)
  await choose(portal, token, withdrawn.organisationCode, [])
  await shareForAWhile(portal, owner)
  await lookAtAll(systems.partner, owner, nhsNumber)
  await revokeOne(portal)
  return {
    systems,
    without,
    bound,
    elsewhere,
    hasty: await system(toChoose),
    chosenCode: toChoose.organisationCode,
  }
}

/** Where partners may have their keys. */
export const keyHost = 'keys.example.nhs.uk'

/** Says what an organisation may see, as patients do. */
export async function choose(portal: World, token: string, organisationCode: string, categories: Category[]) {
  const { __typename, message } = await chooseSharing(asHolder(portal, token), '', categories, { organisationCode })
  if (__typename !== 'SharingChosen') throw new Error(message)
}

let words = 0
/** What the hospital says of somebody, for the organisation to which nothing was objected. */
export const aWordOnSharing = ({ clock }: World, patientId: string) => ({
  ...{ eventAt: clock.now(), patientId },
  organisationCode: organisations.forAWhile.organisationCode,
  categories: ['LETTERS'],
  // Never what was said before: that would change nothing.
  until: new Date(clock.now().getTime() + 5 * 24 * 3600_000 + (words += 1) * 60_000),
})

const shareForAWhile = (portal: World, { id }: PersonInWorld) =>
  portal.system(`mutation S($input: RecordSharingInput!) { recordSharing(input: $input) { __typename } }`, {
    input: { idempotencyKey: randomUUID(), ...aWordOnSharing(portal, id) },
  })

const all = `query All($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) {
    id appointments(period: UPCOMING) { nodes { id } } documents { nodes { id } } } }`

/** So that the owner can read who looked, in every part of their record. */
async function lookAtAll({ ask }: PartnerSystem, { bornOn }: PersonInWorld, nhsNumber: string): Promise<void> {
  const { data, text } = await ask(all, { bornOn, nhsNumber })
  if (!data?.patientByNhsNumber) throw new Error(text)
}

async function revokeOne(portal: World): Promise<void> {
  const { id } = await aPartnerSystem(portal, organisations.forAWhile)
  await portal.system(
    `mutation R($input: RevokePartnerClientInput!) { revokePartnerClient(input: $input) { __typename } }`,
    {
      input: { idempotencyKey: randomUUID(), id },
    },
  )
}
