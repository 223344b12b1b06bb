import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aLetterId, aReportId } from './access/records.ts'
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
  testResult: `query T($id: ID!) { testResult(id: $id) { id title state release { reason steps { act by } } observations { value } } }`,
  holdTestResult: `mutation M($id: ID!, $key: ID!, $until: LocalDate!) { holdTestResult(input: { idempotencyKey: $key, resultId: $id, steps: 1, until: $until, reason: "We phone first." }) { __typename ... on Problem { message } } }`,
  releaseTestResult: mutation('releaseTestResult', 'resultId', ', steps: 1'),
  retractTestResult: mutation('retractTestResult', 'resultId', ', steps: 1, reason: "Another patient."'),
} as const
type Root = keyof typeof all
const roots = Object.keys(all) as Root[]
const isOfResult = (root: Root) => root.endsWith('TestResult') || root === 'testResult'

describe('what belongs to a clinic they do not work for', () => {
  let portal: World
  /** Somebody of the clinic of all this, somebody of another, and somebody of this one who releases no results. */
  let here: string
  let elsewhere: string
  let clerk: string
  const ids = {} as Record<Root, string>
  let slot: string
  /** The letter whose PDF nobody is shown. */
  let withheld: string

  beforeAll(async () => {
    portal = await world()
    const booked = await aBooked(portal, { mode: 'REQUEST' })
    const { clinicCode: other } = await aBooked(portal, { mode: 'REQUEST' })
    here = await aStaffToken(portal, { clinicCodes: [booked.clinicCode], releasesResults: true })
    elsewhere = await aStaffToken(portal, { clinicCodes: [other], releasesResults: true })
    clerk = await aStaffToken(portal, { clinicCodes: [booked.clinicCode] })
    const requestId = await askForChange(portal, booked)
    // Refused, so that there is a notice on the desk; the request is open still.
    const noticeId = await answerNotice(portal, booked.id, { acknowledgement: 'AE', reason: 'No such clinic' })
    const conflictId = await aConflictOf(portal, here, booked)
    await done(portal, here, ['claimChangeRequest', 'ChangeRequestClaimed'], { requestId })
    ids.availableSlots = booked.id
    for (const root of roots.filter((it) => it.toLowerCase().includes('changerequest'))) ids[root] = requestId
    ids.settleConflict = conflictId
    ids.retryHospitalNotice = ids.settleHospitalNotice = noticeId
    const written = { portal, owner: booked.person, clinicCode: booked.clinicCode }
    const resultId = await aReportId(written)
    for (const root of roots.filter(isOfResult)) ids[root] = resultId
    withheld = await aLetterId(written, { pdf: { base64: Buffer.from('MZ this is a program').toString('base64') } })
    slot = (await freeTimes(portal, here, booked.id))[0] ?? ''
  })
  afterAll(() => portal.stop())

  const ask = async (bearer: string, root: Root, id: string) => {
    const until = new Date(portal.clock.now().getTime() + 14 * 24 * 3600_000).toISOString().slice(0, 10)
    const known = Object.entries({ key: randomUUID(), slot, until })
    const needed = Object.fromEntries(known.filter(([name]) => all[root].includes(`$${name}`)))
    return outside(await portal.ask(bearer, all[root], { id, ...needed }))
  }

  const looksLikeNothing = async (bearer: string, root: Root) => {
    expect(ids[root]).toBeTruthy()
    const unknown = await ask(bearer, root, randomUUID())
    expect(unknown.status).toBe(200)
    expect(unknown.text).not.toContain('errors')
    expect(await ask(bearer, root, ids[root])).toEqual(unknown)
    for (const odd of ['x', '', "' or 1=1 --", 'é'.repeat(2000), ids[root].toUpperCase(), ` ${ids[root]}`])
      expect(await ask(bearer, root, odd)).toEqual(unknown)
  }
  it.each(roots)('looks to the byte like what is not there: %s', (root) => looksLikeNothing(elsewhere, root))

  it.each(roots.filter(isOfResult))('looks so too for those who release no results: %s', (root) =>
    looksLikeNothing(clerk, root),
  )

  it('is in none of their lists, and counted in none', async () => {
    const lists = `{ changeRequests { totalCount nodes { id } } conflicts { totalCount nodes { id } } refusedHospitalNotices { totalCount nodes { id } }
      resultsToRelease { totalCount alarms nodes { id } } withheldPdfs { nodes { id } } }`
    const [theirs, ours] = [await portal.ask(elsewhere, lists), await portal.ask(here, lists)]
    const none = { totalCount: 0, nodes: [] }
    expect(theirs.data).toEqual({
      changeRequests: none,
      conflicts: none,
      refusedHospitalNotices: none,
      resultsToRelease: { ...none, alarms: 0 },
      withheldPdfs: { nodes: [] },
    })
    expect(ours.data).toMatchObject({
      changeRequests: { totalCount: 1, nodes: [{ id: ids.changeRequest }] },
      conflicts: { nodes: expect.arrayContaining([{ id: ids.settleConflict }]) as unknown },
      refusedHospitalNotices: { totalCount: 1, nodes: [{ id: ids.settleHospitalNotice }] },
      resultsToRelease: { totalCount: 1, nodes: [{ id: ids.testResult }] },
      withheldPdfs: { nodes: [{ id: withheld }] },
    })
  })

  it('is in no list of results of those who release none, though their clinic’s', async () => {
    const lists = '{ resultsToRelease { totalCount alarms nodes { id } } withheldPdfs { nodes { id } } }'
    expect((await portal.ask(clerk, lists)).data).toEqual({
      resultsToRelease: { totalCount: 0, alarms: 0, nodes: [] },
      // That a PDF must be made again says nothing of what is in it.
      withheldPdfs: { nodes: [{ id: withheld }] },
    })
  })

  // What ends a thing comes last: it is shown, or done, for who works there.
  const shownFirst = [...roots].sort((a, b) => Number(ends(a)) - Number(ends(b)))
  it.each(shownFirst)('would be told apart if it were shown: %s', async (root) => {
    expect(await ask(here, root, ids[root])).not.toEqual(await ask(here, root, randomUUID()))
  })
})

const ends = (root: Root) => !root.startsWith('c') && !root.startsWith('a')
