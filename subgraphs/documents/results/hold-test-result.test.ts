import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBloodCount, act, actsOn, anXRay, asPatient, asStaff, clinician, recorded } from '../../../test/laboratory.ts'

const peter = clinician('Peter')

describe.each(engines)('a test result that a clinician holds, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => hospital.clock.set('2026-11-23T10:00:00Z'))
  afterAll(() => hospital.stop())

  /** When it opens by the hold, or why it is not held. */
  const holding = async (id: string, until: string) => {
    const { __typename, message } = await act(hospital, peter, 'hold', id, { until })
    return __typename === 'TestResultHeld' ? (await asStaff(hospital, id))?.release.opensAt : message
  }
  const notSooner = (day: string) =>
    `This result opens by itself on ${day}, and a hold never opens it sooner. Hold it until that day or a later one, or release it.`

  it('is held until the morning after a day, then opens by itself', async () => {
    const id = await recorded(hospital, anXRay())
    hospital.clock.set('2026-12-01T10:00:00Z')
    expect(await act(hospital, peter, 'hold', id, { until: '2026-12-10' })).toMatchObject({
      __typename: 'TestResultHeld',
    })
    const seen = await asPatient(hospital, id)
    expect(seen).toMatchObject({ state: 'WAITING', opensAt: '2026-12-11T08:00:00.000Z' })
    expect(JSON.stringify(seen)).not.toContain('phones')
    expect((await asStaff(hospital, id))?.release).toMatchObject({
      reason: 'HELD',
      alarm: false,
      steps: [{}, { act: 'HELD', by: 'Peter', reason: 'The team phones first.' }],
    })
    hospital.clock.set('2026-12-09T09:00:00Z')
    expect((await asStaff(hospital, id))?.release.alarm).toBe(true)
    hospital.clock.set('2026-12-11T08:00:00Z')
    expect(await asPatient(hospital, id)).toMatchObject({ state: 'READY' })
  })

  it.each(['2026-11-23', '2026-11-22', '2026-12-08', '2027-01-01'])('is not held until %s', async (until) => {
    const id = await recorded(hospital, anXRay())
    await expect(act(hospital, peter, 'hold', id, { until })).rejects.toThrow(
      'BAD_USER_INPUT until: choose a day from 2026-11-24 to 2026-12-07.',
    )
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED'])
  })

  it('is opened no sooner by a hold than it opens by itself', async () => {
    const id = await recorded(hospital, anXRay())
    for (const until of ['2026-11-24', '2026-12-06'])
      expect(await holding(id, until)).toBe(notSooner('Monday 7 December 2026'))
    expect((await asStaff(hospital, id))?.release).toMatchObject({
      reason: 'REPORT',
      opensAt: '2026-12-07T08:00:00.000Z',
      steps: [{ act: 'RECEIVED' }],
    })
    // Received today it opens on the last day to which anything is held, and can be held over that.
    expect(await holding(id, '2026-12-07')).toBe('2026-12-08T08:00:00.000Z')
  })

  it('is opened no sooner by a hold than by the one before', async () => {
    const id = await recorded(hospital, anXRay())
    hospital.clock.set('2026-12-01T10:00:00Z')
    expect(await holding(id, '2026-12-10')).toBe('2026-12-11T08:00:00.000Z')
    for (const until of ['2026-12-07', '2026-12-10'])
      expect(await holding(id, until)).toBe(notSooner('Friday 11 December 2026'))
    expect(await holding(id, '2026-12-15')).toBe('2026-12-16T08:00:00.000Z')
    expect(actsOn(await asStaff(hospital, id))).toEqual(['RECEIVED', 'HELD', 'HELD'])
  })

  it.each([
    ['at night', '2026-12-03T00:30:00Z', '2026-12-03'],
    ['in the evening', '2026-12-03T22:30:00Z', '2026-12-03'],
  ])('is held over the moment that the hospital asked for, %s', async (_, notBefore, day) => {
    const id = await recorded(hospital, aBloodCount({ notBefore }))
    expect(await holding(id, '2026-12-02')).toBe(notSooner('Thursday 3 December 2026'))
    expect(await holding(id, day)).toBe('2026-12-04T08:00:00.000Z')
  })

  it('says so when no day is left to which it can be held', async () => {
    const id = await recorded(hospital, anXRay({ notBefore: '2027-01-15T09:00:00Z' }))
    expect(await holding(id, '2026-12-07')).toBe(
      'This result opens by itself on Friday 15 January 2027. A hold can last until Monday 7 December 2026 at most, so today it cannot be held for longer. To open it sooner, release it.',
    )
    hospital.clock.set('2027-01-02T10:00:00Z')
    expect(await holding(id, '2027-01-16')).toBe('2027-01-17T08:00:00.000Z')
  })

  it('is held to any day when it was taken back', async () => {
    for (const until of ['2026-11-24', '2026-12-07']) {
      const id = await recorded(hospital, aBloodCount())
      await act(hospital, peter, 'retract', id)
      expect((await act(hospital, peter, 'hold', id, { until })).__typename).toBe('TestResultHeld')
    }
  })
})
