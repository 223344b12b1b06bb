import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, staff, system } from '../../../test/alone.ts'
import type { Behind } from '../../../test/behind.ts'
import { documentsAlone } from '../../../test/documents-alone.ts'
import { aBiopsy, aBloodCount, act, anXRay, clinician, record, recorded } from '../../../test/laboratory.ts'
import { encodeCursor } from '../../runtime/page.ts'

interface Page {
  nodes: { id: string; state: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
  alarms: number
}

describe.each(engines)('the results that patients can read, at the desk, on %s', (engine) => {
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

  const asking = (root: string, variables: object, viewer = peter) =>
    hospital.ask(
      viewer,
      `query ($first: Int! = 20, $after: String) {
        it: ${root}(first: $first, after: $after) {
          nodes { id state } pageInfo { hasNextPage endCursor } totalCount alarms
        }
      }`,
      variables as Record<string, unknown>,
    )
  const list = async (variables: object = {}, viewer = peter, root = 'releasedResults'): Promise<Page> => {
    const { data, errors } = await asking(root, variables, viewer)
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.it as unknown as Page
  }
  const idsOf = ({ nodes }: Page) => nodes.map(({ id }) => id)
  const comes = (sent: (more: Record<string, unknown>) => Record<string, unknown>, more: object = {}) =>
    recorded(hospital, sent({ clinicCodes: [clinicCode], ...more }))

  it('are those that opened by themselves and those that a clinician opened, what opened last first', async () => {
    const xRay = await comes(anXRay)
    hospital.clock.pass(60)
    const atOnce = await comes(aBloodCount)
    const biopsy = await comes(aBiopsy)
    expect(idsOf(await list())).toEqual([atOnce])
    hospital.clock.pass(60)
    await act(hospital, peter, 'release', biopsy)
    expect(idsOf(await list())).toEqual([biopsy, atOnce])
    hospital.clock.set('2026-12-07T07:59:59Z')
    expect(idsOf(await list())).toEqual([biopsy, atOnce])
    hospital.clock.pass(1)
    const page = await list()
    expect(page).toMatchObject({ totalCount: 3, alarms: 0 })
    expect(idsOf(page)).toEqual([xRay, biopsy, atOnce])
    expect(new Set(page.nodes.map(({ state }) => state))).toEqual(new Set(['READY']))
  })

  it('leave the list when one is taken back, and wait with the others until it is opened again', async () => {
    const [id, other] = [await comes(aBloodCount), await comes(aBloodCount)]
    await act(hospital, peter, 'retract', id)
    expect(idsOf(await list())).toEqual([other])
    expect(idsOf(await list({}, peter, 'resultsToRelease'))).toEqual([id])
    hospital.clock.pass(60)
    await act(hospital, peter, 'release', id)
    expect(idsOf(await list())).toEqual([id, other])
    expect(idsOf(await list({}, peter, 'resultsToRelease'))).toEqual([])
  })

  it('wait with the others when one taken back is corrected, and not while the laboratory works on it', async () => {
    const sent = aBloodCount({ clinicCodes: [clinicCode] })
    const id = await recorded(hospital, sent)
    await act(hospital, peter, 'retract', id)
    await record(hospital, { ...sent, eventAt: '2026-11-23T09:51:00Z', status: 'P', comments: ['Looked at again'] })
    expect(idsOf(await list({}, peter, 'resultsToRelease'))).toEqual([])
    await record(hospital, { ...sent, eventAt: '2026-11-23T09:52:00Z', status: 'C', comments: ['Checked'] })
    expect(idsOf(await list({}, peter, 'resultsToRelease'))).toEqual([id])
    expect(idsOf(await list())).toEqual([])
  })

  it('are not those that the laboratory took back, or that are kept out of the portal', async () => {
    const sent = aBloodCount({ clinicCodes: [clinicCode] })
    const withdrawn = await recorded(hospital, sent)
    const keptOut = await comes(aBloodCount)
    expect(idsOf(await list())).toHaveLength(2)
    await record(hospital, { ...sent, eventAt: '2026-11-23T09:59:00Z', status: 'X' })
    expect(idsOf(await list())).toEqual([keptOut])
    await hospital.sql('update document set excluded = true where id = ?', keptOut)
    expect(await list()).toMatchObject({ nodes: [], totalCount: 0 })
    expect(withdrawn).not.toBe(keptOut)
  })

  it('are listed for 90 days', async () => {
    const id = await comes(aBloodCount)
    hospital.clock.pass(90 * 86_400)
    expect(idsOf(await list())).toEqual([id])
    hospital.clock.pass(1)
    expect(await list()).toMatchObject({ nodes: [], totalCount: 0 })
  })

  it('are all met once, page by page, those that opened in the same moment too', async () => {
    const ids = new Set<string>()
    for (let n = 0; n < 8; n++) {
      ids.add(await comes(aBloodCount))
      if (n % 4 === 3) hospital.clock.pass(1)
    }
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

  it('are those of the clinics of who asks, and nobody’s who does not release results', async () => {
    const id = await comes(aBloodCount)
    expect(idsOf(await list({}, clinician('Edith', 'ELSEWHERE')))).toEqual([])
    expect(idsOf(await list({ first: 50 }, clinician('Grace')))).toContain(id)
    for (const viewer of [staff, { ...staff, scopes: [`clinic:${clinicCode}`] }])
      expect(await list({}, viewer)).toMatchObject({ nodes: [], totalCount: 0 })
    for (const viewer of [patient('amal'), system]) {
      const { errors } = await asking('releasedResults', {}, viewer)
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    }
  })

  it.each([
    { first: 0 },
    { first: 51 },
    { after: 'no cursor' },
    { after: encodeCursor(0) },
    { after: encodeCursor('x', 'y') },
    { after: encodeCursor(8.64e15, 'x') },
  ])('are not asked for in a way that means nothing: %j', async (variables) => {
    const { errors } = await asking('releasedResults', variables)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('leave a line in the audit of each patient on the page', async () => {
    const patients = [randomUUID(), randomUUID()]
    for (const patientId of patients) await comes(aBloodCount, { patientId })
    await list()
    for (const patientId of patients)
      expect(
        await hospital.sql(`select actor_id from audit_entry where patient_id = ? and role = 'STAFF'`, patientId),
      ).toEqual([{ actor_id: 'staff:peter' }])
  })
})
