import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appointments } from '../subgraphs/appointments/main.ts'
import { type Alone, alone, anySharingKey, patient, staff } from './alone.ts'
import { anAppointment } from './bookings.ts'
import { type Behind } from './behind.ts'
import { documentsAlone } from './documents-alone.ts'
import { askAbout, everyCategory, representationOf, type Request, royalFree } from './granted.ts'
import { aLetter } from './hospital-documents.ts'

const within = {
  appointments: 'list: appointments(period: UPCOMING) { nodes { id } }',
  documents: 'list: documents { nodes { id } }',
}

describe.each(['appointments', 'documents'] as const)('a grant that is brought to %s', (name) => {
  let hospital: Alone
  beforeAll(async () => {
    if (name === 'appointments') {
      hospital = await alone(appointments)
      for (const patientId of ['amal', 'bea']) await anAppointment(hospital, { patientId })
      return
    }
    const behind: Behind = await documentsAlone()
    const em = behind.fork()
    for (const patientId of ['amal', 'bea']) aLetter(em, { patientId })
    await em.flush()
    hospital = behind
  })
  afterAll(() => hospital.stop())

  const request = (viewer = royalFree()): Request => ({ viewer, requestId: randomUUID() })
  /** Of how many documents or appointments it tells; nothing when nobody was found. */
  const told = async (representation: object, asked: Request): Promise<number | null> => {
    const { data, errors } = await askAbout(hospital, [representation], within[name], asked)
    expect(errors).toBeUndefined()
    const [person] = (data?._entities ?? []) as ({ list: { nodes: unknown[] } } | null)[]
    return person?.list.nodes.length ?? null
  }
  const amal = { patientIds: ['amal'] }

  it('opens what it says, to whom it was given, in that request', async () => {
    const asked = request()
    expect(await told(representationOf(hospital, amal, asked), asked)).toBe(1)
  })

  it('opens nothing when it was given for another request', async () => {
    const [before, now] = [request(), request()]
    expect(await told(representationOf(hospital, amal, before), now)).toBeNull()
  })

  it('opens nothing when it was given to another partner', async () => {
    const asked = request()
    const others = { ...asked, viewer: { ...asked.viewer, actorId: 'partner:another' } }
    expect(await told(representationOf(hospital, amal, others), asked)).toBeNull()
  })

  it('opens nothing of another patient', async () => {
    const asked = request()
    const { grant } = representationOf(hospital, amal, asked)
    expect(await told({ __typename: 'Patient', id: 'bea', grant }, asked)).toBeNull()
  })

  it.each([
    ['29.999 seconds after it was given', 29_999, 1],
    ['30 seconds after it was given', 30_000, null],
    ['a day after it was given', 86_400_000, null],
    ['before it was given', -1, null],
  ])('is looked at for its age: %s', async (_, milliseconds, expected) => {
    const asked = request()
    const then = new Date(hospital.clock.now().getTime() - milliseconds)
    const representation = representationOf({ clock: { ...hospital.clock, now: () => then } as never }, amal, asked)
    expect(await told(representation, asked)).toBe(expected)
  })

  it('opens nothing when it was signed with another key', async () => {
    const asked = request()
    expect(await told(representationOf(hospital, amal, asked, Buffer.alloc(32, 8)), asked)).toBeNull()
  })

  describe('and was changed', () => {
    const encoded = (facts: unknown) => Buffer.from(JSON.stringify(facts)).toString('base64url')
    const signed = (payload: string, key = anySharingKey) =>
      `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`
    const factsFor = ({ viewer, requestId }: Request, more: object = {}) => ({
      ...{ patientIds: ['amal'], categories: everyCategory, actorId: viewer.actorId, requestId },
      ...{ until: hospital.clock.now().getTime() + 30_000, ...more },
    })
    const brought = (grant: string) => ({ __typename: 'Patient', id: 'amal', grant })

    it('is right before: what follows is refused for the change alone', async () => {
      const asked = request()
      expect(await told(brought(signed(encoded(factsFor(asked)))), asked)).toBe(1)
    })

    it.each<[string, (right: string, facts: object) => string]>([
      ['not signed', (right) => right.split('.')[0] ?? ''],
      ['signed with nothing', (right) => `${right.split('.')[0]}.`],
      ['signed half', (right) => right.slice(0, -20)],
      ['signed by one more', (right) => `${right}.${right.split('.')[1]}`],
      ['widened to more categories', (right, facts) => widened(right, { ...facts, categories: everyCategory })],
      ['widened to more people', (right, facts) => widened(right, { ...facts, patientIds: ['amal', 'bea'] })],
      ['made to last', (right, facts) => widened(right, { ...facts, until: Number.MAX_SAFE_INTEGER })],
      ['signed without a key', (_, facts) => signed(encoded(facts), Buffer.alloc(0))],
    ])('opens nothing: %s', async (_, change) => {
      const asked = request()
      const facts = factsFor(asked, { categories: ['APPOINTMENTS', 'LETTERS'] })
      const right = signed(encoded(facts))
      expect(await told(brought(right), asked)).toBe(1)
      expect(await told(brought(change(right, facts)), asked)).toBeNull()
    })
    const widened = (right: string, facts: object) => `${encoded(facts)}.${right.split('.')[1]}`

    it('opens nothing for longer than it may, even rightly signed', async () => {
      const asked = request()
      const until = hospital.clock.now().getTime() + 30_001
      expect(await told(brought(signed(encoded(factsFor(asked, { until })))), asked)).toBeNull()
    })
  })

  it('opens nothing to a patient, who is shown that there is nobody', async () => {
    const asked = request(patient('bea'))
    const { data, errors } = await askAbout(hospital, [representationOf(hospital, amal, asked)], within[name], asked)
    expect(data).toEqual({ _entities: [null] })
    expect(errors).toBeUndefined()
  })

  it('opens nothing to staff, who may not ask for it', async () => {
    const asked = request(staff)
    const { data, errors } = await askAbout(hospital, [representationOf(hospital, amal, asked)], within[name], asked)
    expect(data).toEqual({ _entities: [null] })
    expect(errors?.map((it) => it.extensions.code)).toEqual(['FORBIDDEN'])
  })

  it('is not taken from whoever asks: what a viewer says that it was granted is forgotten', async () => {
    const grants = [{ patientIds: ['amal'], categories: everyCategory }]
    const asked = request({ ...royalFree(), grants })
    expect(await told({ __typename: 'Patient', id: 'amal', grant: null }, asked)).toBeNull()
  })
})
