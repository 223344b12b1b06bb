import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBooked, aConflictOf, answerNotice, askForChange, aStaffToken, done, freeTimes } from './desk-in-world.ts'
import { outside } from './told-apart.ts'
import { world, type World } from './world.ts'

const mutation = (name: string, id: string, more = '') =>
  `mutation M($id: ID!, $key: ID!) { ${name}(input: { idempotencyKey: $key, ${id}: $id${more} }) { __typename ... on Problem { message } } }`
const all = {
  availableSlots: `query F($id: ID!) { availableSlots(appointmentId: $id) { totalCount nodes { id startsAt } } }`,
  changeRequest: `query R($id: ID!) { changeRequest(id: $id) { id reference detail claim { staffName } appointment { id } } }`,
  claimChangeRequest: mutation('claimChangeRequest', 'requestId'),
  releaseChangeRequest: mutation('releaseChangeRequest', 'requestId'),
  agreeToChangeRequest: `mutation M($id: ID!, $key: ID!, $slot: ID!) { agreeToChangeRequest(input: { idempotencyKey: $key, requestId: $id, slotId: $slot }) { __typename ... on Problem { message } } }`,
  refuseChangeRequest: mutation('refuseChangeRequest', 'requestId', ', message: "There is no other time."'),
  settleConflict: mutation('settleConflict', 'conflictId', ', note: "Phoned."'),
  retryHospitalNotice: mutation('retryHospitalNotice', 'noticeId'),
  settleHospitalNotice: mutation('settleHospitalNotice', 'noticeId', ', note: "Phoned."'),
} as const
type Root = keyof typeof all
const roots = Object.keys(all) as Root[]

describe('what belongs to a clinic they do not work for', () => {
  let portal: World
  /** Somebody of the clinic of all this, and somebody of another. */
  let here: string
  let elsewhere: string
  const ids = {} as Record<Root, string>
  let slot: string

  beforeAll(async () => {
    portal = await world()
    const booked = await aBooked(portal, { mode: 'REQUEST' })
    here = await aStaffToken(portal, { clinicCodes: [booked.clinicCode] })
    elsewhere = await aStaffToken(portal, { clinicCodes: [(await aBooked(portal, { mode: 'REQUEST' })).clinicCode] })
    const requestId = await askForChange(portal, booked)
    // Refused, so that there is a notice on the desk; the request is open still.
    const noticeId = await answerNotice(portal, booked.id, { acknowledgement: 'AE', reason: 'No such clinic' })
    const conflictId = await aConflictOf(portal, here, booked)
    await done(portal, here, ['claimChangeRequest', 'ChangeRequestClaimed'], { requestId })
    ids.availableSlots = booked.id
    for (const root of roots.filter((it) => it.toLowerCase().includes('changerequest'))) ids[root] = requestId
    ids.settleConflict = conflictId
    ids.retryHospitalNotice = ids.settleHospitalNotice = noticeId
    slot = (await freeTimes(portal, here, booked.id))[0] ?? ''
  })
  afterAll(() => portal.stop())

  const ask = async (bearer: string, root: Root, id: string) => {
    const key = randomUUID()
    const needed = { ...(all[root].includes('$key') && { key }), ...(all[root].includes('$slot') && { slot }) }
    return outside(await portal.ask(bearer, all[root], { id, ...needed }))
  }

  it.each(roots)('looks to the byte like what is not there: %s', async (root) => {
    expect(ids[root]).toBeTruthy()
    const unknown = await ask(elsewhere, root, randomUUID())
    expect(unknown.status).toBe(200)
    expect(unknown.text).not.toContain('errors')
    expect(await ask(elsewhere, root, ids[root])).toEqual(unknown)
    for (const odd of ['x', '', "' or 1=1 --", 'é'.repeat(2000), ids[root].toUpperCase(), ` ${ids[root]}`])
      expect(await ask(elsewhere, root, odd)).toEqual(unknown)
  })

  it('is in none of their lists, and counted in none', async () => {
    const lists = `{ changeRequests { totalCount nodes { id } } conflicts { totalCount nodes { id } } refusedHospitalNotices { totalCount nodes { id } } }`
    const [theirs, ours] = [await portal.ask(elsewhere, lists), await portal.ask(here, lists)]
    const none = { totalCount: 0, nodes: [] }
    expect(theirs.data).toEqual({ changeRequests: none, conflicts: none, refusedHospitalNotices: none })
    expect(ours.data).toMatchObject({
      changeRequests: { totalCount: 1, nodes: [{ id: ids.changeRequest }] },
      conflicts: { nodes: expect.arrayContaining([{ id: ids.settleConflict }]) as unknown },
      refusedHospitalNotices: { totalCount: 1, nodes: [{ id: ids.settleHospitalNotice }] },
    })
  })

  // What ends a thing comes last: it is shown, or done, for who works there.
  const shownFirst = [...roots].sort((a, b) => Number(ends(a)) - Number(ends(b)))
  it.each(shownFirst)('would be told apart if it were shown: %s', async (root) => {
    expect(await ask(here, root, ids[root])).not.toEqual(await ask(here, root, randomUUID()))
  })
})

const ends = (root: Root) => !root.startsWith('c') && !root.startsWith('a')
