import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines, system } from '../../test/alone.ts'
import { FakeClock } from '../../test/clock.ts'
import { anNhsNumber } from '../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient, recordPerson } from '../../test/people.ts'
import {
  aPartner,
  askingFor,
  bartsHealth,
  chooseSharing,
  everyCategory,
  recordSharing,
  stopSharing,
} from '../../test/sharing.ts'
import { patients, patientsExtra } from './main.ts'

const extra = patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false })
const find = `query P($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { id name { full } grant }
}`

describe.each(engines)('whoever a partner does not find, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await alone(patients, { engine, clock, extra })
    await aPartner(portal)
    await aPartner(portal, bartsHealth)
  })
  afterAll(() => portal.stop())

  const aFreeNhsNumber = () => anNhsNumber((engine === 'sqlite' ? 10_000 : 20_000) + (nhsNumbers += 1))
  const someone = async (facts: object = {}) => {
    const [hospitalNumber, nhsNumber] = [aHospitalNumber(), aFreeNhsNumber()]
    const { id } = await aPatient(portal, { hospitalNumber, nhsNumber, ...facts })
    return { id, hospitalNumber, nhsNumber, bornOn: '1984-03-09', ...facts }
  }
  const sharer = async (facts: object = {}) => {
    const who = await someone(facts)
    await recordSharing(portal, who.id, everyCategory)
    return who
  }
  interface Asked {
    nhsNumber: string
    bornOn: string
  }
  const ask = ({ nhsNumber, bornOn }: Asked) => portal.ask(askingFor(), find, { nhsNumber, bornOn })

  const objecting = async <Who extends { id: string }>(who: Who): Promise<Who> => {
    await chooseSharing(portal, who.id, [])
    return who
  }
  const merged = async () => {
    const [old, current] = [await sharer(), await sharer()]
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: clock.now().toISOString(),
      retiredHospitalNumber: old.hospitalNumber,
      survivingHospitalNumber: current.hospitalNumber,
    }
    const text = `mutation M($input: MergePatientsInput!) { mergePatients(input: $input) { __typename } }`
    await portal.ask(system, text, { input })
    return old
  }
  /** Whoever is not found, and why. Each would be found but for that. */
  const nobody: [string, () => Promise<Asked>][] = [
    ['an unknown number', async () => ({ nhsNumber: aFreeNhsNumber(), bornOn: (await sharer()).bornOn })],
    ['another date of birth', async () => ({ ...(await sharer()), bornOn: '1984-03-10' })],
    ['a person who shares nothing', () => someone()],
    ['a person who took it back', async () => objecting(await sharer())],
    [
      'a person who stopped all sharing',
      async () => {
        const who = await sharer()
        await stopSharing(portal, who.id)
        return who
      },
    ],
    [
      'a person whose sharing is over',
      async () => {
        const who = await someone()
        await recordSharing(portal, who.id, everyCategory, {
          until: new Date(clock.now().getTime() + 1000).toISOString(),
        })
        clock.pass(1)
        return who
      },
    ],
    [
      'a person who shares with another organisation',
      async () => {
        const who = await someone()
        await chooseSharing(portal, who.id, everyCategory, { organisationCode: 'R1H' })
        return who
      },
    ],
    ['a child', () => sharer({ bornOn: '2008-11-24' })],
    ['somebody who has died', () => sharer({ deceased: true })],
    ['somebody kept out of the portal', () => sharer({ sensitive: true })],
    ['a retired record', merged],
  ]
  it.each(nobody)('gets the same answer: %s', async (_, who) => {
    expect(JSON.stringify(await ask(await who()))).toBe('{"data":{"patientByNhsNumber":null}}')
  })

  it('is found from the day of the 18th birthday in London, and when they are kept out no more', async () => {
    const child = await sharer({ bornOn: '2008-11-24' })
    clock.set('2026-11-23T23:59:59.999Z')
    expect((await ask(child)).data?.patientByNhsNumber).toBeNull()
    clock.set('2026-11-24T00:00:00Z')
    expect((await ask(child)).data?.patientByNhsNumber).toMatchObject({ id: child.id })
    clock.set('2026-11-23T10:00:00Z')
    const kept = await sharer({ sensitive: true })
    await recordPerson(portal, { hospitalNumber: kept.hospitalNumber, sensitive: false })
    expect((await ask(kept)).data?.patientByNhsNumber).toMatchObject({ id: kept.id })
  })

  it.each([
    ['leap-day', '2008-02-29', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
    ['summer', '2008-06-15', '2026-06-14T22:59:59Z', '2026-06-14T23:00:00Z'],
  ])('is found when of age: a %s birthday', async (_, born, before, after) => {
    clock.set('2026-01-01T00:00:00Z')
    const who = await sharer({ bornOn: born })
    clock.set(before)
    const [then, now] = [await ask(who), (clock.set(after), await ask(who))]
    clock.set('2026-11-23T10:00:00Z')
    expect([then.data?.patientByNhsNumber, now.data?.patientByNhsNumber]).toEqual([
      null,
      expect.objectContaining({ id: who.id }) as object,
    ])
  })
})
