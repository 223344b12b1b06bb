import { randomUUID } from 'node:crypto'
import { aLetterOf, aResultOf } from './access/records.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { asHolder, type Category, chooseSharing, everyCategory } from './sharing.ts'
import { aClinic, anAppointment, aPerson, logIn, type PersonInWorld, type World } from './world.ts'

/** What a partner knows of somebody before it asks. */
export interface Known {
  readonly nhsNumber: string
  readonly bornOn: string
}

/** Who shares everything with the Royal Free, and nine who must not be seen by it, by the reason. */
export interface TenPeople {
  readonly shared: Known & { readonly hospitalNumber: string }
  readonly nobodyElse: Readonly<Record<string, Known>>
}

const royalFree = 'RAL'
const barts = 'R1H'
type Facts = Record<string, unknown>
type Numbered = PersonInWorld & { nhsNumber: string }

let count = 0
/** A person with an appointment, a letter and a result: whoever sees them sees something. */
async function aPersonWithRecords(portal: World, clinicCode: string): Promise<Numbered> {
  const nhsNumber = anNhsNumber((count += 1))
  const person = { ...(await aPerson(portal, { nhsNumber })), nhsNumber }
  const written = { portal, owner: person, clinicCode }
  await anAppointment(portal, person, { clinicCode })
  await record(portal, 'recordLetter', 'RecordLetterInput', aLetterOf(written))
  await record(portal, 'recordTestResult', 'RecordTestResultInput', aResultOf(written))
  return person
}

async function record(portal: World, mutation: string, type: string, facts: Facts): Promise<void> {
  const input = { idempotencyKey: randomUUID(), eventAt: portal.clock.now(), ...facts }
  const text = `mutation M($input: ${type}!) { ${mutation}(input: $input) { __typename ... on Problem { message } } }`
  const { [mutation]: outcome } = await portal.system(text, { input })
  const { message } = outcome as unknown as { message?: string }
  if (message !== undefined) throw new Error(`${mutation}: ${message}`)
}

/** The hospital shares everything of theirs. */
const share = (portal: World, { id }: PersonInWorld, facts: Facts = {}) =>
  record(portal, 'recordSharing', 'RecordSharingInput', {
    patientId: id,
    organisationCode: royalFree,
    categories: everyCategory,
    ...facts,
  })

/** The person says for themselves what the Royal Free may see. */
async function choose(portal: World, token: string, categories: Category[]): Promise<void> {
  const { __typename, message } = await chooseSharing(asHolder(portal, token), '', categories)
  if (__typename !== 'SharingChosen') throw new Error(message)
}

/** The hospital learns more of somebody whose record is shared already. */
async function learn(portal: World, person: Numbered, facts: Facts): Promise<Known> {
  portal.clock.pass(1)
  const { hospitalNumber, nhsNumber, mobile, bornOn } = person
  await aPerson(portal, { hospitalNumber, nhsNumber, mobile, bornOn, ...facts })
  return { nhsNumber, bornOn: (facts['bornOn'] as string | undefined) ?? bornOn }
}

/** Whether an organisation is shown somebody now. */
export type Sees = (organisationCode: string, person: Known) => Promise<boolean>

/** Makes the ten. But for the one reason each of the nine would be seen, and was. Both organisations have a system that asks. */
export async function tenPeople(portal: World, sees: Sees): Promise<TenPeople> {
  const clinicCode = await aClinic(portal)
  const aPersonToSee = () => aPersonWithRecords(portal, clinicCode)
  const aSharer = async (facts: Facts = {}) => {
    const person = await aPersonToSee()
    await share(portal, person, facts)
    return isSeen(person, facts['organisationCode'] as string | undefined)
  }
  const isSeen = async (person: Numbered, organisationCode = royalFree) => {
    if (!(await sees(organisationCode, person))) throw new Error('somebody who shares everything is not seen')
    return person
  }
  const shared = await aSharer()
  const withdrawn = await aPersonToSee()
  const token = await logIn(portal, withdrawn)
  await choose(portal, token, everyCategory)
  await isSeen(withdrawn)
  await choose(portal, token, [])
  // The gateway tells the time itself: the portal's clock must not be far ahead of it.
  const expired = await aPersonToSee()
  await share(portal, expired, { until: new Date(portal.clock.now().getTime() + 20_000) })
  await isSeen(expired)
  portal.clock.pass(21)
  const nobodyElse = {
    'whose number nobody has': { nhsNumber: anNhsNumber((count += 1)), bornOn: '1984-03-09' },
    'who shares nothing': await aPersonToSee(),
    'who has withdrawn what they shared': withdrawn,
    'who was born on another day': { ...(await aSharer()), bornOn: '1984-09-03' },
    'who is a child': await learn(portal, await aSharer(), { bornOn: '2015-06-01' }),
    'who is kept out of the portal': await learn(portal, await aSharer(), { sensitive: true }),
    'who has died': await learn(portal, await aSharer(), { deceased: true }),
    'who shares with another hospital': await aSharer({ organisationCode: barts }),
    'whose sharing was for a time that is over': expired,
  }
  return { shared, nobodyElse }
}
