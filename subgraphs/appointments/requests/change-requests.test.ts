import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { engines, patient, system } from '../../../test/alone.ts'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic } from '../../../test/bookings.ts'
import { aBookingToAskAbout, act, aRequest, atTheDesk } from '../../../test/change-requests.ts'
import { appointments } from '../main.ts'

interface Page {
  nodes: { id: string; status: string; claim: { staffName: string } | null }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount: number
}

describe.each(engines)('what waits at the desk, on %s', (engine) => {
  let hospital: Behind
  let clinicCode: string
  let peter: ReturnType<typeof atTheDesk>
  beforeAll(async () => {
    hospital = await behind(appointments, { engine })
  })
  beforeEach(async () => {
    hospital.clock.set('2026-11-23T10:00:00Z')
    clinicCode = await aClinic(hospital, { mode: 'REQUEST' })
    peter = atTheDesk('Peter', clinicCode)
  })
  afterAll(() => hospital.stop())

  const asking = (variables: object, viewer = peter) =>
    hospital.ask(
      viewer,
      `query ($status: ChangeRequestStatus, $first: Int, $after: String) {
        changeRequests(status: $status, first: $first, after: $after) {
          nodes { id status claim { staffName } } pageInfo { hasNextPage endCursor } totalCount
        }
      }`,
      variables as Record<string, unknown>,
    )
  const list = async (variables: object = {}, viewer = peter): Promise<Page> => {
    const { data, errors } = await asking(variables, viewer)
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.changeRequests as unknown as Page
  }
  const aWaiting = async (asked: { kind?: string } = {}) =>
    (await aRequest(hospital, await aBookingToAskAbout(hospital, { clinicCode }), asked)).id

  it('is what is open, the oldest first, with who works on it', async () => {
    const ids = []
    for (let n = 0; n < 5; n++) {
      ids.push(await aWaiting(n === 3 ? { kind: 'CANCELLATION' } : {}))
      hospital.clock.pass(60)
    }
    hospital.clock.set('2026-11-27T10:00:00Z')
    ids.push(await aWaiting())
    await act(hospital, peter, 'claimChangeRequest', { requestId: ids[1] })
    const claim = (n: number) => (n === 1 ? { staffName: 'Peter' } : null)
    expect(await list()).toMatchObject({
      nodes: ids.map((id, n) => ({ id, status: 'OPEN', claim: claim(n) })),
      totalCount: 6,
    })
  })

  it('leaves the list when it is closed, and is found by what became of it', async () => {
    const [open, withdrawn] = [await aWaiting(), await aWaiting()]
    await act(hospital, patient('amal'), 'withdrawChangeRequest', { requestId: withdrawn })
    expect((await list()).nodes.map((it) => it.id)).toEqual([open])
    expect(await list({ status: 'WITHDRAWN' })).toMatchObject({ nodes: [{ id: withdrawn }], totalCount: 1 })
    expect(await list({ status: 'AGREED' })).toMatchObject({ nodes: [], totalCount: 0 })
  })

  it('is only what is asked of the clinics that they work for', async () => {
    const here = await aWaiting()
    const there = await aClinic(hospital, { mode: 'REQUEST' })
    const other = await aRequest(hospital, await aBookingToAskAbout(hospital, { clinicCode: there }))
    expect(await list()).toMatchObject({ nodes: [{ id: here }], totalCount: 1 })
    const ofBoth = await list({}, atTheDesk('Grace', clinicCode, there))
    expect(ofBoth.nodes.map((it) => it.id).sort()).toEqual([here, other.id].sort())
    expect(await list({}, { ...peter, scopes: [] })).toMatchObject({ nodes: [], totalCount: 0 })
    const ids = (await list({ first: 50 }, atTheDesk('Edith'))).nodes.map((it) => it.id)
    expect(ids).toEqual(expect.arrayContaining([here, other.id]))
  })

  it('comes page by page to the end, each once and in order, also what was asked at the same moment', async () => {
    const ids = []
    for (let n = 0; n < 7; n++) {
      if (n % 3 === 0) hospital.clock.pass(n === 3 ? 3 * 24 * 3600 : 1)
      ids.push(await aWaiting())
    }
    const whole = (await list({ first: 50 })).nodes.map((it) => it.id)
    expect([...whole].sort()).toEqual([...ids].sort())
    const seen = []
    for (let after: string | null = null; ;) {
      const page: Page = await list({ first: 2, after })
      seen.push(...page.nodes.map((it) => it.id))
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
      if (seen.length > whole.length) throw new Error('more on the pages than there are')
    }
    expect(seen).toEqual(whole)
    const groups = [ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)]
    expect([whole.slice(0, 3).sort(), whole.slice(3, 6).sort(), whole.slice(6)]).toEqual(groups.map((it) => it.sort()))
  })

  it.each([
    [{ first: 0 }, 'first: ask for 1 to 50 at a time.'],
    [{ first: 51 }, 'first: ask for 1 to 50 at a time.'],
    [{ after: 'nonsense' }, 'after: use the endCursor'],
    [{ after: Buffer.from('["2026-11-25",1]').toString('base64url') }, 'after: use the endCursor'],
    [{ after: Buffer.from('["2026-11-25",1e300,"a"]').toString('base64url') }, 'after: use the endCursor'],
    [{ after: Buffer.from('[1,1,"a"]').toString('base64url') }, 'after: use the endCursor'],
  ])('refuses the page %j', async (args, message) => {
    const { errors } = await asking(args)
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect(errors?.[0]?.message).toContain(message)
  })

  it.each([
    ['patients', patient('amal')],
    ['systems', system],
  ])('is not for %s', async (_, viewer) => {
    expect((await asking({}, viewer)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })
})
