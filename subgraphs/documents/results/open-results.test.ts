import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBiopsy, act, actsOn, anXRay, asPatient, asStaff, clinician, recorded } from '../../../test/laboratory.ts'

const peter = clinician('Peter')

describe.each(engines)('a test result whose time comes, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  const settle = async () => {
    await hospital.subgraph.settle()
    await hospital.subgraph.settle()
  }
  const toldOf = (id: string) => hospital.told.filter((it) => it.ids.documentId === id).length

  it('is written down as opened, by nobody, and once', async () => {
    const id = await recorded(hospital, anXRay())
    await settle()
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED'])
    hospital.clock.set('2026-12-07T08:00:00Z')
    await settle()
    await settle()
    expect((await asStaff(hospital, id))?.release.steps).toMatchObject([
      { act: 'RECEIVED' },
      { act: 'OPENED', at: '2026-12-07T08:00:00.000Z', by: null, reason: null },
    ])
    expect(toldOf(id)).toBe(1)
  })

  it('can be read from that moment, written down or not', async () => {
    const id = await recorded(hospital, anXRay())
    hospital.clock.set('2026-12-07T07:59:59.999Z')
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING' })
    hospital.clock.set('2026-12-07T08:00:00Z')
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY', report: [{ heading: 'Report' }] })
  })

  it('says so on its day, before its hour', async () => {
    const id = await recorded(hospital, anXRay())
    hospital.clock.set('2026-12-07T07:00:00Z')
    expect((await asPatient(hospital, id))?.notice).toContain('8am')
  })

  it('has none when only a clinician opens it', async () => {
    const id = await recorded(hospital, aBiopsy())
    hospital.clock.set('2027-11-23T10:00:00Z')
    await settle()
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'WAITING' })
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED'])
  })

  it('opens to nobody when its clinic is kept out, and when it is shown again does', async () => {
    const id = await recorded(hospital, anXRay())
    await hospital.sql('update document set excluded = true where id = ?', id)
    hospital.clock.set('2026-12-07T08:00:00Z')
    await settle()
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED'])
    expect(await asPatient(hospital, id)).toBeNull()
    await hospital.sql('update document set excluded = false where id = ?', id)
    await settle()
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED'])
  })

  it('is held, or opens first, when a clinician acts as it comes', async () => {
    for (let n = 0; n < 5; n++) {
      hospital.clock.set('2026-12-01T10:00:00Z')
      const id = await recorded(hospital, anXRay({ hospitalId: randomUUID() }))
      hospital.clock.set('2026-12-15T08:00:00Z')
      const [held] = await Promise.all([
        act(hospital, peter, 'hold', id, { steps: 1, until: '2026-12-20' }),
        hospital.subgraph.settle(),
      ])
      // Its time had come: whether or not that was written down yet, the patient can read it.
      expect(['TestResultNotReleasable', 'TestResultHasChanged']).toContain(held.__typename)
      await settle()
      expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'OPENED'])
      expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY' })
    }
  })

  it('is told to whoever runs the portal when no clinician has decided', async () => {
    await recorded(hospital, anXRay())
    hospital.clock.set('2026-12-06T09:00:00Z')
    hospital.lines.length = 0
    await settle()
    const lines = hospital.lines.filter((line) => line.includes('no clinician has decided'))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ results: expect.any(Number) as number })
  })
})
