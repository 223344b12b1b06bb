import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import {
  aBiopsy,
  aBloodCount,
  act,
  anXRay,
  asStaff,
  clinician,
  haemoglobin,
  recorded,
} from '../../../test/laboratory.ts'
import { encodeCursor } from '../../runtime/page.ts'

interface Page {
  nodes: { id: string; release: { alarm: boolean } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
  alarms: number
}

describe.each(engines)('the results that wait at the desk, on %s', (engine) => {
  let hospital: Behind
  let clinicCode: string
  let peter: ReturnType<typeof clinician>
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  beforeEach(() => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    clinicCode = `C${randomUUID()}`
    peter = clinician('Peter', clinicCode)
  })
  afterAll(() => hospital.stop())

  const asking = (variables: object, viewer = peter) =>
    hospital.ask(
      viewer,
      `query ($first: Int! = 20, $after: String) {
        resultsToRelease(first: $first, after: $after) {
          nodes { id release { alarm } } pageInfo { hasNextPage endCursor } totalCount alarms
        }
      }`,
      variables as Record<string, unknown>,
    )
  const list = async (variables: object = {}, viewer = peter): Promise<Page> => {
    const { data, errors } = await asking(variables, viewer)
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.resultsToRelease as unknown as Page
  }
  const idsOf = ({ nodes }: Page) => nodes.map(({ id }) => id)
  const waits = (sent: (more: Record<string, unknown>) => Record<string, unknown>, more: object = {}) =>
    recorded(hospital, sent({ clinicCodes: [clinicCode], ...more }))

  it('are in the order in which they open, then those that only a clinician opens, the oldest first', async () => {
    const ids: string[] = []
    for (const sent of [aBiopsy, anXRay, aBiopsy, anXRay]) {
      ids.push(await waits(sent))
      hospital.clock.pass(86_400)
    }
    const [biopsy, xRay, laterBiopsy, laterXRay] = ids
    expect(idsOf(await list())).toEqual([xRay, laterXRay, biopsy, laterBiopsy])
    await act(hospital, peter, 'hold', xRay ?? '', { until: '2026-12-11' })
    expect(idsOf(await list())).toEqual([laterXRay, xRay, biopsy, laterBiopsy])
  })

  it('begin with those that have a critical value, the oldest first, on every page', async () => {
    const ids: string[] = []
    const critical = (more: object) => aBloodCount({ observations: [haemoglobin('58', { flag: 'LL' })], ...more })
    for (const sent of [anXRay, aBiopsy, critical, anXRay, critical, aBiopsy]) {
      ids.push(await waits(sent))
      hospital.clock.pass(60)
    }
    const [xRay, biopsy, first, laterXRay, second, laterBiopsy] = ids
    const inOrder = [first, second, xRay, laterXRay, biopsy, laterBiopsy]
    expect(idsOf(await list())).toEqual(inOrder)
    const met: string[] = []
    for (let after: string | null = null; met.length < inOrder.length;) {
      const page: Page = await list({ first: 1, after })
      met.push(...idsOf(page))
      after = page.pageInfo.endCursor
    }
    expect(met).toEqual(inOrder)
  })

  it('are all met once, page by page', async () => {
    const ids = new Set<string>()
    for (let n = 0; n < 4; n++) for (const sent of [aBiopsy, anXRay]) ids.add(await waits(sent))
    const met: string[] = []
    let after: string | null = null
    do {
      const { nodes, pageInfo, totalCount }: Page = await list({ first: 3, after })
      expect(totalCount).toBe(8)
      met.push(...nodes.map(({ id }) => id))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    expect(met).toHaveLength(8)
    expect(new Set(met)).toEqual(ids)
  })

  it('are not those that are open, not finished, withdrawn or kept out', async () => {
    await waits(aBloodCount)
    await waits(aBiopsy, { status: 'P' })
    await waits(aBiopsy, { status: 'X' })
    const opened = await waits(aBiopsy)
    await act(hospital, peter, 'release', opened)
    expect(await list()).toMatchObject({ nodes: [], totalCount: 0, alarms: 0 })
    const waiting = await waits(aBiopsy)
    expect(idsOf(await list())).toEqual([waiting])
    await hospital.sql('update document set excluded = true where id = ?', waiting)
    expect(idsOf(await list())).toEqual([])
  })

  it('are there again when a clinician took them back', async () => {
    const id = await waits(aBloodCount)
    expect(idsOf(await list())).toEqual([])
    await act(hospital, peter, 'retract', id)
    expect(idsOf(await list())).toEqual([id])
  })

  it('raise an alarm two days before they open by themselves, and until then', async () => {
    const id = await waits(anXRay)
    for (const [at, alarms] of [
      ['2026-12-05T07:59:59Z', 0],
      ['2026-12-05T08:00:00Z', 1],
      ['2026-12-07T07:59:59Z', 1],
    ] as const) {
      hospital.clock.set(at)
      const page = await list()
      expect([at, page.alarms, page.nodes[0]?.release.alarm]).toEqual([at, alarms, alarms === 1])
    }
    hospital.clock.set('2026-12-07T08:00:00Z')
    expect(await list()).toMatchObject({ nodes: [], alarms: 0 })
    expect((await asStaff(hospital, id, peter))?.release.alarm).toBe(false)
  })

  it('raise an alarm when they have waited for a clinician for longer than a report does', async () => {
    await waits(aBiopsy)
    hospital.clock.set('2026-12-07T10:00:00Z')
    expect(await list()).toMatchObject({ alarms: 0, nodes: [{ release: { alarm: false } }] })
    hospital.clock.pass(1)
    expect(await list()).toMatchObject({ alarms: 1, nodes: [{ release: { alarm: true } }] })
  })

  it('raise an alarm at once when a value is critical, until a clinician releases them or the laboratory withdraws them', async () => {
    const hospitalIds = [randomUUID(), randomUUID()]
    const critical = (more: object) => aBloodCount({ observations: [haemoglobin('58', { flag: 'LL' })], ...more })
    const [released = '', withdrawn = ''] = [
      await waits(critical, { hospitalId: hospitalIds[0] }),
      await waits(critical, { hospitalId: hospitalIds[1] }),
    ]
    await waits(aBiopsy)
    expect(await list()).toMatchObject({
      alarms: 2,
      nodes: [{ release: { alarm: true } }, { release: { alarm: true } }, { release: { alarm: false } }],
    })
    await act(hospital, peter, 'release', released)
    expect(await list()).toMatchObject({ alarms: 1, nodes: [{ id: withdrawn }, { release: { alarm: false } }] })
    expect((await asStaff(hospital, released, peter))?.release.alarm).toBe(false)
    hospital.clock.pass(60)
    await waits(critical, { hospitalId: hospitalIds[1], status: 'X', eventAt: '2026-11-23T10:01:00Z' })
    expect(await list()).toMatchObject({ alarms: 0, totalCount: 1 })
    expect((await asStaff(hospital, withdrawn, peter))?.release.alarm).toBe(false)
  })

  it('are those of the clinics of who asks, and all for who looks after all', async () => {
    const id = await waits(anXRay)
    const ofNoClinic = await recorded(hospital, anXRay())
    expect(idsOf(await list({}, clinician('Edith', 'ELSEWHERE')))).toEqual([])
    expect(idsOf(await list())).toEqual([id])
    const all = idsOf(await list({ first: 50 }, clinician('Grace')))
    expect(all).toEqual(expect.arrayContaining([id, ofNoClinic]))
  })

  it('are nobody’s who does not release results', async () => {
    await waits(anXRay)
    for (const viewer of [staff, { ...staff, scopes: [`clinic:${clinicCode}`] }])
      expect(await list({}, viewer)).toMatchObject({ nodes: [], totalCount: 0, alarms: 0 })
    for (const viewer of [patient('amal'), system]) {
      const { errors } = await asking({}, viewer)
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    }
  })

  it.each([0, 51, -1])('are not asked for %i at a time', async (first) => {
    const { errors } = await asking({ first })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it.each([
    encodeCursor('', 0),
    encodeCursor(8.64e15, 0, 'x'),
    encodeCursor(0, 8.64e15, 'x'),
    encodeCursor('x', 0, 'x'),
    encodeCursor(0, 0, 7),
    'no cursor',
  ])('do not follow a cursor that is none: %s', async (after) => {
    const { errors } = await asking({ after })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('leave a line in the audit of each patient on the page', async () => {
    const patients = [randomUUID(), randomUUID()]
    for (const patientId of patients) await waits(anXRay, { patientId })
    await list()
    for (const patientId of patients) {
      const rows = await hospital.sql(
        `select actor_id from audit_entry where patient_id = ? and role = 'STAFF'`,
        patientId,
      )
      expect(rows).toEqual([{ actor_id: 'staff:peter' }])
    }
  })
})
