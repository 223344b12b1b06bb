import { randomUUID } from 'node:crypto'
import { aPdf } from '../subgraphs/documents/pdfs/testing/a-pdf.ts'
import { aLetterId, aReportId, aResultId } from './access/records.ts'
import type { Alone } from './alone.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { bartsHealth, type Category, chooseSharing, everyCategory, recordSharing } from './sharing.ts'
import { aClinic, anAppointment, aPerson, type World } from './world.ts'

/** One of many people, with something of everything; a word that is theirs alone stands in every text. */
export interface OneOfCrowd {
  readonly word: string
  readonly nhsNumber: string
  readonly bornOn: string
  readonly patientId: string
  readonly appointmentId: string
  readonly letterId: string
  readonly resultId: string
  /** By which anything of theirs would be known again. */
  readonly traces: readonly string[]
}

type Inside = Pick<Alone, 'ask' | 'clock'>
type Shares = (inside: Inside, patientId: string) => Promise<void>
const isShared =
  (more: Parameters<typeof recordSharing>[3] = {}): Shares =>
  async (inside, id) => {
    const { __typename, message } = await recordSharing(inside, id, everyCategory, more)
    if (__typename !== 'SharingRecorded') throw new Error(message)
  }
const chosen =
  (organisationCode: string, ...choices: Category[][]): Shares =>
  async (inside, id) => {
    for (const categories of choices) {
      const { __typename, message } = await chooseSharing(inside, id, categories, { organisationCode })
      if (__typename !== 'SharingChosen') throw new Error(message)
    }
  }
const objected: Shares = async (inside, id) => {
  await isShared()(inside, id)
  await chosen('RAL', [])(inside, id)
}
const over: Shares = (inside, id) =>
  isShared({ until: new Date(inside.clock.now().getTime() + 1000).toISOString() })(inside, id)

/** Nine who share nothing with the Royal Free that it could see, each for another reason. */
const others: Record<string, { shares?: Shares; born?: string; later?: object }> = {
  Kiebitz: {},
  Stieglitz: { shares: chosen(bartsHealth.code, everyCategory) },
  Pirol: { shares: objected },
  Zeisig: { shares: chosen('RAL', everyCategory, []) },
  Wendehals: { shares: over },
  Rohrdommel: { shares: isShared(), born: '2009-01-01' },
  Sperling: { shares: isShared(), later: { deceased: true } },
  Dohle: { shares: isShared(), later: { sensitive: true } },
  Bussard: {},
}

/** Ten people of whom one shares everything with the Royal Free, and has had two records. */
export async function aCrowd(portal: World): Promise<{ shared: OneOfCrowd; others: OneOfCrowd[] }> {
  const inside = behindTheDoor(portal)
  const shared = await somebody(portal, 'Nachtigall', { former: true })
  await isShared()(inside, shared.patientId)
  const rest: OneOfCrowd[] = []
  for (const [word, { shares, born, later }] of Object.entries(others)) {
    const one = await somebody(portal, word, { ...(born && { bornOn: born }) })
    await shares?.(inside, one.patientId)
    if (later) await aPerson(portal, { ...factsOf(word), ...later })
    rest.push(one)
  }
  portal.clock.pass(2)
  await portal.graph.settle()
  return { shared, others: rest }
}

/** Straight into `patients`, as whoever is named. */
export const behindTheDoor = ({ graph, clock }: World): Pick<Alone, 'ask' | 'clock'> => ({
  clock,
  ask: (viewer, query, variables = {}) =>
    graph.subgraphs.get('patients')?.execute({ query, viewer, variables, requestId: randomUUID() }) as never,
})

const numbers = new Map<string, number>()
const numberOf = (word: string) => {
  const known = numbers.get(word) ?? 300 + numbers.size
  numbers.set(word, known)
  return known
}

const factsOf = (word: string) => ({
  hospitalNumber: `${word}-1`,
  nhsNumber: anNhsNumber(numberOf(word)),
  name: { given: [word], family: `${word}mann` },
  address: { lines: [`1 ${word} Lane`], postcode: 'WD18 0HB' },
  email: `${word}@example.com`,
  mobile: `+44770090${String(numberOf(word)).padStart(4, '0')}`,
})

async function somebody(
  portal: World,
  word: string,
  { former = false, bornOn = '1984-03-09' }: { former?: boolean; bornOn?: string },
): Promise<OneOfCrowd> {
  const { nhsNumber, ...facts } = { ...factsOf(word), bornOn }
  const person = await aPerson(portal, { ...facts, nhsNumber })
  const clinicCode = await aClinic(portal, {
    code: `${word}-C`,
    name: `${word} clinic`,
    specialty: word,
    contact: { team: `${word} team`, phone: '+442079460120', hours: 'Mondays' },
  })
  const owner = { portal, owner: person, clinicCode }
  const ids = await recordedOf(owner, word)
  if (former) await mergedInto(portal, { ...facts, nhsNumber: null }, word, clinicCode)
  const { hospitalNumber, email, mobile } = facts
  return {
    ...{ word, nhsNumber, bornOn, patientId: person.id, ...ids },
    traces: [word, person.id, nhsNumber, hospitalNumber, email, mobile, clinicCode, ...Object.values(ids)],
  }
}

type Written = Parameters<typeof aLetterId>[0]
/** Appointments to come, past and cancelled, letters, and results that are open and that wait. */
async function recordedOf(written: Written, word: string) {
  const { portal, owner, clinicCode } = written
  const inDays = (days: number) => new Date(portal.clock.now().getTime() + days * 24 * 3600_000)
  const arrangements = [{ kind: 'TRANSPORT', detail: word }]
  const booked = (days: number) =>
    anAppointment(portal, owner, { clinicCode, clinician: `Dr ${word}`, arrangements, startsAt: inDays(days) })
  const { id: appointmentId } = await booked(10)
  await booked(-10)
  const { hospitalId } = await booked(12)
  const cancelled = { eventAt: portal.clock.now(), hospitalId, patientId: owner.id, reason: word }
  await portal.system(
    `mutation C($input: RecordCancellationInput!) { recordCancellation(input: $input) { __typename } }`,
    {
      input: { idempotencyKey: randomUUID(), ...cancelled },
    },
  )
  const sections = [{ heading: word, paragraphs: [`${word} wrote.`], items: [word] }]
  const pdf = { base64: aPdf({ text: `${word} wrote.` }).toString('base64') }
  const letterId = await aLetterId(written, {
    kind: 'OUTCOME_LETTER',
    title: `${word} letter`,
    author: word,
    sections,
    pdf,
  })
  const resultId = await aResultId(written, { requestedBy: word, laboratory: `${word} laboratory`, comments: [word] })
  await aReportId(written, { panel: { name: `${word} picture` }, requestedBy: word })
  return { appointmentId, letterId, resultId }
}

/** The same person under another hospital number, with appointments and letters of their own. */
async function mergedInto(portal: World, facts: object, word: string, clinicCode: string): Promise<void> {
  const retired = await aPerson(portal, { ...facts, hospitalNumber: `${word}-0` })
  await recordedOf({ portal, owner: retired, clinicCode }, word)
  const input = {
    ...{ idempotencyKey: randomUUID(), eventAt: portal.clock.now() },
    ...{ retiredHospitalNumber: `${word}-0`, survivingHospitalNumber: `${word}-1` },
  }
  await portal.system(`mutation M($input: MergePatientsInput!) { mergePatients(input: $input) { __typename } }`, {
    input,
  })
}

/** Whose traces are in a text: of any of these people. */
export const tracesIn = (text: string, people: readonly OneOfCrowd[]): string[] => {
  const lower = text.toLowerCase()
  return people.flatMap(({ traces }) => traces.filter((it) => lower.includes(it.toLowerCase())))
}
