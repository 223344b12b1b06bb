import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient } from '../../../test/people.ts'
import {
  aPartner,
  askingFor,
  bartsHealth,
  chooseSharing,
  everyCategory,
  recordSharing,
  royalFree,
} from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })
const query = `query P($nhsNumber: String!, $bornOn: LocalDate!) { patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { id } }`
const bornOn = '1984-03-09'
const otherDate = (index: number) => new Date(Date.UTC(1990, 0, 1 + index)).toISOString().slice(0, 10)

describe.each(engines)('a partner that searches in vain, on %s', (engine) => {
  let portal: Alone
  let clients = 0
  let nhsNumbers = 0
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
    await aPartner(portal, bartsHealth)
  })
  afterAll(() => portal.stop())

  const aClient = (organisation = royalFree) => askingFor(organisation, { actorId: `partner:client-${(clients += 1)}` })
  const aFreeNhsNumber = () => anNhsNumber((engine === 'sqlite' ? 30_000 : 40_000) + (nhsNumbers += 1))
  const sharer = async () => {
    const nhsNumber = aFreeNhsNumber()
    const { id } = await aPatient(portal, { hospitalNumber: aHospitalNumber(), nhsNumber })
    await recordSharing(portal, id, everyCategory)
    return { id, nhsNumber }
  }
  const ask = (viewer: ReturnType<typeof askingFor>, nhsNumber: string, date = bornOn) =>
    portal.ask(viewer, query, { nhsNumber, bornOn: date })
  const tryDates = async (viewer: ReturnType<typeof askingFor>, nhsNumber: string, count = 10) => {
    for (let index = 0; index < count; index++)
      expect(await ask(viewer, nhsNumber, otherDate(index))).toEqual({ data: { patientByNhsNumber: null } })
  }
  const paused = (seconds: number) => ({
    data: { patientByNhsNumber: null },
    errors: [
      expect.objectContaining({
        message:
          'Too many searches found nobody. Check the NHS number and the date of birth with the person, and search again later.',
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds },
      }),
    ],
  })
  const alarms = () => portal.lines.filter((it) => it.includes('"alarm":"partner-search"'))

  it('tries ten dates of birth with a number, and then not even the right one, of whomever it is', async () => {
    const { nhsNumber } = await sharer()
    const answers = []
    for (const number of [nhsNumber, aFreeNhsNumber()]) {
      await tryDates(aClient(), number)
      answers.push(await ask(aClient(), number))
      expect(answers.at(-1)).toEqual(paused(24 * 3600))
    }
    expect(JSON.stringify(answers[0])).toBe(JSON.stringify(answers[1]))
  })

  it('is paused for a day with this number alone, and finds the person afterwards', async () => {
    const [one, other] = [await sharer(), await sharer()]
    await tryDates(aClient(), one.nhsNumber)
    const viewer = aClient()
    expect((await ask(viewer, other.nhsNumber)).data).toEqual({ patientByNhsNumber: { id: other.id } })
    clock.pass(24 * 3600 - 1)
    expect(await ask(viewer, one.nhsNumber)).toEqual(paused(1))
    clock.pass(1)
    expect((await ask(viewer, one.nhsNumber)).data).toEqual({ patientByNhsNumber: { id: one.id } })
  })

  it('takes nothing from another organisation', async () => {
    const { id, nhsNumber } = await sharer()
    await chooseSharing(portal, id, everyCategory, { organisationCode: bartsHealth.code })
    await tryDates(aClient(), nhsNumber)
    expect((await ask(aClient(bartsHealth), nhsNumber)).data).toEqual({ patientByNhsNumber: { id } })
  })

  it('tries no more than ten when it tries them all at once', async () => {
    const nhsNumber = aFreeNhsNumber()
    const tries = Array.from({ length: 30 }, (_, index) => ask(aClient(), nhsNumber, otherDate(index)))
    const answers = await Promise.all(tries)
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(10)
  })

  it('may ask for the same person again and again, and for whom it finds', async () => {
    const [{ id, nhsNumber }, viewer] = [await sharer(), aClient()]
    for (let times = 0; times < 12; times++) {
      expect((await ask(viewer, nhsNumber, otherDate(0))).errors).toBeUndefined()
      expect((await ask(viewer, nhsNumber)).data).toEqual({ patientByNhsNumber: { id } })
    }
  })

  it('is paused as a whole after 300 people in an hour, whom it found not counted', async () => {
    const [{ id, nhsNumber }, viewer] = [await sharer(), aClient()]
    const before = alarms().length
    for (let people = 0; people < 300; people++) {
      if (people === 60) expect(alarms()).toHaveLength(before + 1)
      expect((await ask(viewer, aFreeNhsNumber())).errors).toBeUndefined()
      if (people % 100 === 0) expect((await ask(viewer, nhsNumber)).data).toEqual({ patientByNhsNumber: { id } })
    }
    expect(await ask(viewer, nhsNumber)).toEqual(paused(3600))
    expect((await ask(aClient(), nhsNumber)).data).toEqual({ patientByNhsNumber: { id } })
    expect(alarms()).toHaveLength(before + 2)
    clock.pass(3600)
    expect((await ask(viewer, nhsNumber)).data).toEqual({ patientByNhsNumber: { id } })
  })

  it('sounds an alarm that names the system, and nobody it searched for', async () => {
    const [nhsNumber, viewer] = [aFreeNhsNumber(), aClient()]
    const before = alarms().length
    await tryDates(viewer, nhsNumber, 9)
    expect(alarms()).toHaveLength(before)
    await ask(viewer, nhsNumber)
    await ask(viewer, nhsNumber, otherDate(20))
    expect(alarms()).toHaveLength(before + 1)
    expect(alarms().at(-1)).toContain(`"partner":"${viewer.actorId}"`)
    expect(alarms().at(-1)).not.toContain(nhsNumber)
  })
})
