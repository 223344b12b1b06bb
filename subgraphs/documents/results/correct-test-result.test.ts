import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import {
  aBloodCount,
  act,
  actsOn,
  anXRay,
  asPatient,
  asStaff,
  clinician,
  haemoglobin,
  record,
  recorded,
} from '../../../test/laboratory.ts'

const peter = clinician('Peter')

describe.each(engines)('a test result that is sent again, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const read = (id: string) =>
    hospital.ask(
      patient('amal'),
      `mutation { markDocumentRead(input: { idempotencyKey: "${crypto.randomUUID()}", documentId: "${id}" }) { __typename } }`,
    )
  /** The same result, sent an hour later with something else in it. */
  const correct = async (sent: Record<string, unknown>, more: Record<string, unknown>) => {
    hospital.clock.pass(3600)
    return record(hospital, { ...sent, status: 'C', eventAt: hospital.clock.now().toISOString(), ...more })
  }

  it('replaces what was said, says so, and is unread again', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    await read(id)
    expect(await asPatient(hospital, id)).toMatchObject({ unread: false })
    await correct(sent, { observations: [haemoglobin('128', { flag: 'L' })] })
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({
      state: 'READY',
      status: 'CORRECTED',
      unread: true,
      correctedAt: '2026-11-23T11:00:00.000Z',
      observations: [{ value: '128', flag: 'LOW' }],
    })
    expect(seen?.notice).toContain('Monday 23 November 2026')
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED', 'CORRECTED'])
  })

  it('stays unread when what was opened is what it replaced', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    const versionShown = async () => {
      const { data } = await hospital.ask(patient('amal'), 'query ($id: ID!) { document(id: $id) { version } }', { id })
      return (data?.document as unknown as { version: string }).version
    }
    const opened = async (version: string) => {
      const text = `mutation ($input: MarkDocumentReadInput!) { markDocumentRead(input: $input) { __typename } }`
      const input = { idempotencyKey: crypto.randomUUID(), documentId: id, version }
      return (await hospital.ask(patient('amal'), text, { input })).data?.markDocumentRead
    }
    const before = await versionShown()
    // Sent again as it is, it is the same version still.
    await correct(sent, { status: 'F' })
    expect(await versionShown()).toBe(before)
    await correct(sent, { observations: [haemoglobin('128')] })
    expect(await opened(before)).toEqual({ __typename: 'DocumentHasChanged' })
    expect(await asPatient(hospital, id)).toMatchObject({ unread: true })
    expect(await opened(await versionShown())).toEqual({ __typename: 'DocumentMarkedRead' })
    expect(await asPatient(hospital, id)).toMatchObject({ unread: false })
    expect(await versionShown()).not.toBe(before)
  })

  it('tells the patient again', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    const told = async () => {
      await hospital.subgraph.settle()
      await hospital.subgraph.settle()
      return hospital.told.filter((it) => it.ids.documentId === id).length
    }
    expect(await told()).toBe(1)
    await correct(sent, { observations: [haemoglobin('128')] })
    expect(await told()).toBe(2)
    // Sent again as it is, there is nothing new to read.
    await correct(sent, { observations: [haemoglobin('128')] })
    expect(await told()).toBe(2)
  })

  it('keeps what it said before, and that it was read', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    await read(id)
    await correct(sent, { observations: [haemoglobin('128')] })
    const rows = await hospital.sql<{ said: string | object }>(
      'select said from replaced_document where document_id = ?',
      id,
    )
    const [said] = rows.map((it) => (typeof it.said === 'string' ? (JSON.parse(it.said) as object) : it.said))
    expect(rows).toHaveLength(1)
    expect(said).toMatchObject({ observations: [{ value: '135' }], readAt: '2026-11-23T10:00:00.000Z' })
  })

  it('changes nothing when it is older than what is known', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    const older = { ...sent, eventAt: '2026-11-23T09:00:00Z', observations: [haemoglobin('1')] }
    expect(await record(hospital, older)).toMatchObject({ created: false, flags: ['OUT_OF_ORDER'] })
    // Of one instant, the more final word is the later.
    const notFinal = { ...sent, status: 'P', observations: [haemoglobin('1')] }
    expect(await record(hospital, notFinal)).toMatchObject({ flags: ['OUT_OF_ORDER'] })
    expect(await asPatient(hospital, id)).toMatchObject({ status: 'FINAL', observations: [{ value: '135' }] })
    expect(await record(hospital, { ...sent, status: 'C', observations: [haemoglobin('2')] })).toMatchObject({
      flags: [],
    })
    expect(await asPatient(hospital, id)).toMatchObject({ status: 'CORRECTED', observations: [{ value: '2' }] })
  })

  it('comes to the same in whatever order its messages arrive', async () => {
    const sent = aBloodCount()
    const words = ['P', 'F', 'C'].map((status, n) => ({
      ...sent,
      status,
      eventAt: `2026-11-23T09:5${n}:00Z`,
      observations: [haemoglobin(String(100 + n))],
    }))
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]
    for (const [at, order] of orders.entries()) {
      const hospitalId = `${String(sent.hospitalId)}.${at}`
      let id = ''
      for (const n of order) id = await recorded(hospital, { ...words[n], hospitalId })
      expect(await asPatient(hospital, id)).toMatchObject({ status: 'CORRECTED', observations: [{ value: '102' }] })
    }
  })

  it('stays open when a clinician had opened it', async () => {
    const sent = anXRay()
    const id = await recorded(hospital, sent)
    await act(hospital, peter, 'release', id)
    await correct(sent, { report: [{ heading: 'Report', paragraphs: ['Something else.'], items: [] }] })
    expect(await asPatient(hospital, id)).toMatchObject({
      state: 'READY',
      report: [{ paragraphs: ['Something else.'] }],
    })
    expect(await asStaff(hospital, id)).toMatchObject({ release: { reason: 'RELEASED' } })
  })

  it('waits again when it brings a critical flag, released before or not', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    await correct(sent, { observations: [haemoglobin('61', { flag: 'LL' })] })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', title: 'Test result', observations: [] })
    await act(hospital, peter, 'release', id)
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', observations: [{ value: '61' }] })
    await correct(sent, { observations: [haemoglobin('51', { flag: 'LL' })] })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: null })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED', 'CORRECTED', 'RELEASED', 'CORRECTED'])
  })

  it('waits again when it brings a stricter class', async () => {
    const sent = anXRay()
    const id = await recorded(hospital, sent)
    await act(hospital, peter, 'release', id)
    await correct(sent, { department: 'SP' })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: null })
  })

  it('goes through the rules again when it had opened by itself', async () => {
    const sent = anXRay()
    const id = await recorded(hospital, sent)
    hospital.clock.set('2026-12-07T08:00:00Z')
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY' })
    await correct(sent, { report: [{ heading: 'Report', paragraphs: ['Something else.'], items: [] }] })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: '2026-12-21T08:00:00.000Z' })
  })

  it('is taken from the patient when its status says so, with a notice', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    await correct(sent, { status: 'X', observations: [] })
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({
      title: 'Test result',
      state: 'WITHDRAWN',
      unread: false,
      opensAt: null,
      observations: [],
    })
    expect(seen?.notice).toMatch(/taken this result back/)
    expect(await asStaff(hospital, id)).toMatchObject({ status: 'WITHDRAWN', observations: [{ value: '135' }] })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED', 'WITHDRAWN'])
  })

  it('stays with its clinic, kept out or not, when no clinic is named any more', async () => {
    await hospital.sql(`insert into "known_clinic" ("code", "excluded") values ('GUM', true), ('HAEM', false)`)
    for (const [clinic, more] of [
      ['GUM', { observations: [haemoglobin('128')] }],
      ['GUM', { status: 'X', observations: [] }],
    ] as const) {
      const sent = aBloodCount({ clinicCodes: [clinic] })
      const id = await recorded(hospital, sent)
      const { clinicCodes: _, ...again } = sent
      expect(await correct(again, more)).toMatchObject({ flags: ['EXCLUDED'] })
      expect(await asPatient(hospital, id)).toBeNull()
    }
    const sent = aBloodCount({ clinicCodes: ['HAEM'] })
    const id = await recorded(hospital, sent)
    const { clinicCodes: _, ...again } = sent
    await correct(again, { observations: [haemoglobin('128')] })
    expect(await asStaff(hospital, id, clinician('Quinn', 'HAEM'))).toMatchObject({ observations: [{ value: '128' }] })
  })

  it('is no news when it is sent again without the visit it belongs to, and stays with that', async () => {
    const sent = aBloodCount({ status: 'C', appointmentId: 'visit' })
    const id = await recorded(hospital, sent)
    await read(id)
    await correct(sent, { appointmentId: null })
    expect(await asPatient(hospital, id)).toMatchObject({ unread: false, correctedAt: null })
    await correct(sent, { appointmentId: null, comments: ['Repeat in 3 months.'] })
    const visits = await hospital.sql('select appointment_id from document where id = ?', id)
    expect(visits).toEqual([{ appointment_id: 'visit' }])
  })

  it('waits for longer when the hospital asks for that, whether or not it says anything else', async () => {
    const sent = anXRay()
    const id = await recorded(hospital, sent)
    await correct(sent, { status: 'F', notBefore: '2026-12-20T09:00:00Z' })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: '2026-12-20T09:00:00.000Z' })
    const held = await recorded(hospital, anXRay())
    await act(hospital, peter, 'hold', held, { until: '2026-12-07' })
    const ofHeld = {
      ...sent,
      hospitalId: (
        await hospital.sql<{ hospital_id: string }>('select hospital_id from document where id = ?', held)
      )[0]?.hospital_id,
    }
    await correct(ofHeld, { comments: ['Seen again.'], notBefore: '2026-12-20T09:00:00Z' })
    expect(await asPatient(hospital, held)).toMatchObject({ state: 'WAITING', opensAt: '2026-12-20T09:00:00.000Z' })
  })

  it('stays held for as long, also when it could not count for a while', async () => {
    const sent = anXRay()
    const id = await recorded(hospital, sent)
    await act(hospital, peter, 'hold', id, { until: '2026-12-07' })
    const wasHeld = { state: 'WAITING', opensAt: '2026-12-08T08:00:00.000Z' }
    expect(await asPatient(hospital, id)).toMatchObject(wasHeld)
    await correct(sent, { status: 'P', comments: ['Seen again.'] })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: null })
    await correct(sent, { status: 'F', comments: ['Seen by two.'] })
    expect(await asPatient(hospital, id)).toMatchObject(wasHeld)
  })

  it('opens no sooner for having been held than it would have without', async () => {
    const sent = anXRay()
    const id = await recorded(hospital, sent)
    await act(hospital, peter, 'hold', id, { until: '2026-12-07' })
    hospital.clock.set('2026-11-30T10:00:00Z')
    await correct(sent, { status: 'F', comments: ['Seen by two.'] })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING', opensAt: '2026-12-14T08:00:00.000Z' })
    expect((await asStaff(hospital, id))?.release.reason).toBe('REPORT')
  })

  it('is there again when the laboratory sends it after it took it back', async () => {
    const sent = aBloodCount()
    const id = await recorded(hospital, sent)
    await correct(sent, { status: 'W', observations: [] })
    await correct(sent, { status: 'F' })
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', observations: [{ value: '135' }] })
  })

  it('is a notice alone when it is withdrawn before anybody heard of it', async () => {
    const sent = aBloodCount({ status: 'X', observations: [] })
    const id = await recorded(hospital, sent)
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WITHDRAWN', title: 'Test result' })
    expect(
      await record(hospital, { ...sent, status: 'F', eventAt: '2026-11-23T09:00:00Z', observations: [haemoglobin()] }),
    ).toMatchObject({ flags: ['OUT_OF_ORDER'] })
  })
})
