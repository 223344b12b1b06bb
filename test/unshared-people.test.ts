import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, engines, gateway, system } from './alone.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { aHospitalNumber, aPatient } from './people.ts'
import { aPartner, chooseSharing, everyCategory, recordSharing, stopSharing } from './sharing.ts'
import { chanceOfSameSource, outside, timesOf } from './told-apart.ts'
import { type Answer, post, world, type World } from './world.ts'

interface Asked {
  nhsNumber: string
  bornOn: string
}
const find = `query P($nhsNumber: String!, $bornOn: LocalDate!) { patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { id name { full } } }`
const keep = `mutation K($tokenHash: ID!, $clientId: ID!, $expiresAt: DateTime!) {
  keepPartnerToken(tokenHash: $tokenHash, clientId: $clientId, keyId: "first", scopes: ["patients.read"], expiresAt: $expiresAt) }`

/** What a partner could want to know of people who share nothing with it: whether they are patients here at all. */
describe.each(engines)('whether somebody who shares nothing is a patient here, on %s', (engine) => {
  let portal: World
  /** Straight into `patients`, for what is not measured. */
  let inside: Pick<Alone, 'ask' | 'clock'>
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await world({ engine })
    const patients = portal.graph.subgraphs.get('patients')
    const ask: Alone['ask'] = (viewer, query, variables = {}) =>
      patients?.execute({ query, viewer, variables, requestId: randomUUID() }) as never
    inside = { ask, clock: portal.clock }
  })
  afterAll(() => portal.stop())

  /** Of a client of its own: one that searched for 300 people in vain would have to wait. */
  async function aToken(): Promise<string> {
    const clientId = await aPartner(inside)
    const token = randomBytes(32).toString('base64url')
    const tokenHash = createHash('sha256').update(token).digest('base64url')
    const expiresAt = new Date(portal.clock.now().getTime() + 300_000).toISOString()
    const { data } = await inside.ask(gateway, keep, { tokenHash, clientId, expiresAt })
    expect(data).toEqual({ keepPartnerToken: true })
    return token
  }
  const doctor = { 'x-end-user-id': 'a.osei', 'x-end-user-role': 'Consultant' }
  /** As a partner asks, 5 times a second by the portal's clock. */
  function ask(token: string, variables: Asked): Promise<Answer> {
    portal.clock.pass(0.2)
    return post(portal.url, token, { query: find, variables }, doctor)
  }

  const unknown = () => Promise.resolve({ nhsNumber: anNhsNumber((nhsNumbers += 1)), bornOn: '1984-03-09' })
  const someone = async () => {
    const facts = { ...(await unknown()), hospitalNumber: aHospitalNumber() }
    return { ...facts, id: (await aPatient(inside, facts)).id }
  }
  const sharer = async () => {
    const who = await someone()
    await recordSharing(inside, who.id, everyCategory)
    return who
  }
  const objecting = async <Who extends { id: string }>(who: Who): Promise<Who> => {
    await chooseSharing(inside, who.id, [])
    return who
  }
  const stopped = async () => {
    const who = await sharer()
    await stopSharing(inside, who.id)
    return who
  }
  const oneOfTwoRecords = async () => {
    const [old, current] = [await objecting(await sharer()), await objecting(await sharer())]
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: portal.clock.now().toISOString(),
      retiredHospitalNumber: old.hospitalNumber,
      survivingHospitalNumber: current.hospitalNumber,
    }
    const text = `mutation M($input: MergePatientsInput!) { mergePatients(input: $input) { __typename } }`
    expect((await inside.ask(system, text, { input })).data).toEqual({
      mergePatients: { __typename: 'PatientsMerged' },
    })
    return current
  }
  const patients: [string, () => Promise<Asked>][] = [
    ['a patient by another date of birth', async () => ({ ...(await sharer()), bornOn: '1984-03-10' })],
    ['a patient who was never asked', someone],
    ['a patient who objected', async () => objecting(await sharer())],
    ['a patient who stopped all sharing', stopped],
    ['a patient with two records who objected', oneOfTwoRecords],
  ]

  it('is told by no byte of the answer', async () => {
    const token = await aToken()
    const { id, ...known } = await sharer()
    expect((await ask(token, known)).data).toEqual({ patientByNhsNumber: { id, name: { full: 'Amal Haddad' } } })
    const stranger = outside(await ask(token, await unknown()))
    expect(stranger.text).toBe('{"data":{"patientByNhsNumber":null}}\n')
    for (const [name, make] of patients)
      expect([name, outside(await ask(token, await make()))]).toEqual([name, stranger])
  })

  describe('is not told by how long an answer takes', { timeout: 300_000 }, () => {
    const each = 500
    /** A hundred people, each asked for five times: to make them is slow, and they are alike. */
    const many = async (make: () => Promise<Asked>) => {
      const made: Asked[] = []
      while (made.length < 100) made.push(await make())
      return made
    }
    const middle = (times: number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
    /** The least delay (ms) that these very times would have given away. */
    const leastSeen = ([a, b]: [number[], number[]]) =>
      [0.1, 0.25, 0.5, 1, 2, 4, 8, 16].find(
        (delay) =>
          chanceOfSameSource(
            a.map((it) => it + delay),
            b,
          ) < 0.01,
      ) ?? Infinity

    it.each(patients)('500 times of %s, and 500 times of a stranger', async (name, make) => {
      const both = [await many(make), await many(unknown)] as const
      // One in a hundred samples of equals differs so much by chance: two in a row do not.
      for (let sample = 1; ; sample += 1) {
        // So many searches in vain are not let through in one hour.
        portal.clock.pass(3600)
        const token = await aToken()
        const times = await timesOf(each, async (which, index) => {
          const { data } = await ask(token, both[which][index % 100] as Asked)
          expect(data).toEqual({ patientByNhsNumber: null })
        })
        const chance = chanceOfSameSource(...times)
        console.log(
          `${engine}, 2 x ${each}: ${name} ${middle(times[0]).toFixed(2)} ms, a stranger ${middle(times[1]).toFixed(2)} ms, p = ${chance.toFixed(3)}; a delay of ${leastSeen(times)} ms would have been seen`,
        )
        // So that the check would find something, also on a machine that does much else: a third of the time it takes.
        expect(leastSeen(times)).toBeLessThanOrEqual(Math.max(4, middle(times[1]) / 3))
        if (chance > 0.01) return
        expect(sample, 'samples that could be told apart').toBeLessThan(2)
      }
    })
  })
})
