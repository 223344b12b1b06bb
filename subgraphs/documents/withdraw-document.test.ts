import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { documentsAlone } from '../../test/documents-alone.ts'
import { aLetter } from '../../test/hospital-documents.ts'
import { aBloodCount, actsOn, anXRay, asPatient, asStaff, type Outcome, recorded } from '../../test/laboratory.ts'
import type { Viewer } from '../runtime/viewer.ts'

describe.each(engines)('a document that the hospital takes back, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const asking = (word: Record<string, unknown>, viewer: Viewer = system) =>
    hospital.ask(
      viewer,
      `mutation ($input: WithdrawDocumentInput!) {
        withdrawDocument(input: $input) {
          __typename ... on Problem { message } ... on DocumentWithdrawn { flags document { id title state } }
        }
      }`,
      { input: { idempotencyKey: randomUUID(), eventAt: '2026-11-23T09:59:00Z', patientId: 'amal', ...word } },
    )
  const withdraw = async (word: Record<string, unknown>) => {
    const { data, errors } = await asking(word)
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.withdrawDocument as unknown as Outcome
  }
  const aSentLetter = async (more: object = {}) => {
    const em = hospital.fork()
    const letter = aLetter(em, { hospitalId: randomUUID(), title: 'Your skin clinic', ...more })
    await em.flush()
    return letter
  }
  const letterOf = async (id: string) => {
    const query = `{ document(id: "${id}") { title state unread notice ... on OtherLetter { sections { heading } } } }`
    return (await hospital.ask(patient('amal'), query)).data?.document
  }

  it('is a notice from then on, and nothing of the letter', async () => {
    const { id, hospitalId } = await aSentLetter()
    expect(await withdraw({ hospitalId })).toMatchObject({
      __typename: 'DocumentWithdrawn',
      flags: [],
      document: { id },
    })
    const seen = await letterOf(id)
    expect(seen).toMatchObject({ title: 'Letter', state: 'WITHDRAWN', unread: false, sections: [] })
    expect(JSON.stringify(seen)).not.toMatch(/skin|plan/i)
    expect(JSON.stringify(seen)).toMatch(/taken this letter back/)
  })

  it.each([
    ['that was open', aBloodCount, ['RECEIVED', 'OPENED', 'WITHDRAWN']],
    ['that waited', anXRay, ['RECEIVED', 'WITHDRAWN']],
  ])('is a notice from then on, and nothing of a result %s', async (_, sent, acts) => {
    const result = sent()
    const id = await recorded(hospital, result)
    await withdraw({ hospitalId: result.hospitalId })
    expect(await asPatient(hospital, id)).toMatchObject({ title: 'Test result', state: 'WITHDRAWN', opensAt: null })
    expect(actsOn(await asStaff(hospital, id))).toEqual(acts)
    // Its time would have come.
    hospital.clock.set('2026-12-08T10:00:00Z')
    await hospital.subgraph.settle()
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WITHDRAWN' })
    expect(actsOn(await asStaff(hospital, id))).toEqual(acts)
  })

  it('is taken back once, however often that is said', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    for (const eventAt of ['2026-11-23T09:55:00Z', '2026-11-23T09:56:00Z'])
      await withdraw({ hospitalId: sent.hospitalId, eventAt })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED', 'WITHDRAWN'])
  })

  it('stays when the word is older than what is known of it', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    const older = { hospitalId: sent.hospitalId, eventAt: '2026-11-23T09:00:00Z' }
    expect(await withdraw(older)).toMatchObject({ flags: ['OUT_OF_ORDER'] })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY' })
  })

  it('is not found when nobody heard of it, or it is another patient’s', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    const unknown = await withdraw({ hospitalId: randomUUID() })
    expect(unknown.__typename).toBe('DocumentNotFound')
    expect(await withdraw({ hospitalId: sent.hospitalId, patientId: 'omar' })).toEqual(unknown)
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY' })
  })

  it('is found under a record that was merged into the patient’s', async () => {
    const { hospitalId } = await aSentLetter({ patientId: 'amal-before' })
    expect(await withdraw({ hospitalId, formerPatientIds: ['amal-before'] })).toMatchObject({ flags: [] })
  })

  it.each([
    ['patients', patient('amal')],
    ['staff', staff],
  ])('is not for %s to take back', async (_, viewer) => {
    const { errors } = await asking({ hospitalId: 'x' }, viewer)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})
