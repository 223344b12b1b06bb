import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from './alone.ts'
import { faultsOf } from './audit-chain.ts'
import {
  aBooked,
  aConflictOf,
  answerNotice,
  askForChange,
  aStaffMemberOf,
  type Booked,
  freeTimes,
  moveToFirst,
  staffLogIn,
  tokenIn,
} from './desk-in-world.ts'
import { type AuditRow, auditOf, rowsOf } from './rows-of.ts'
import type { NewStaffMember } from './staff.ts'
import { world, type World } from './world.ts'

const subgraphs = ['patients', 'appointments', 'documents', 'messages'] as const
const asksStaff = { mode: 'REQUEST' }

describe.each(engines)('the audit of the staff desk, on %s', { timeout: 60_000 }, (engine) => {
  let portal: World
  let member: NewStaffMember
  let staff: string
  let amal: Booked
  let bea: Booked
  let requestId: string
  beforeAll(async () => {
    portal = await world({ engine })
    member = await aStaffMemberOf(portal)
    staff = tokenIn(await staffLogIn(portal, member))
    ;[amal, bea] = [await aBooked(portal, asksStaff), await aBooked(portal, asksStaff)]
    requestId = await askForChange(portal, amal)
    await askForChange(portal, bea)
  })
  afterAll(() => portal.stop())

  const feeds = () => `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
  /** Asks, and gives who was touched in which subgraph, as the audit has it. */
  async function touched(bearer: string, query: string, variables: object = {}): Promise<string[]> {
    const asked = randomUUID()
    const { errors, text } = await portal.ask(bearer, query, { ...variables }, { 'x-request-id': asked })
    expect([errors, text]).toEqual([[], expect.any(String)])
    const names = new Map([
      [amal.person.id, 'amal'],
      [bea.person.id, 'bea'],
    ])
    const actors = new Map([
      [`staff:${member.id}`, 'staff'],
      ['system:feeds', 'feeds'],
    ])
    const rows = await auditOf(portal, asked)
    // What another part of the request saw beside is a row that says so.
    const first = rows.filter(({ continues }) => continues === null)
    return first
      .map((it) => {
        const [name, actor] = [names.get(it.patient_id), actors.get(it.actor_id)]
        return `${name ?? 'somebody'} in ${it.subgraph} by ${actor ?? it.actor_id} as ${it.role}`
      })
      .sort()
  }
  /** As `touched`, of an act whose outcome must be this. Nothing is asked of it but its name. */
  async function touchedByDoing(bearer: string, name: string, outcome: string, input: object): Promise<string[]> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    const variables = { input: { idempotencyKey: randomUUID(), ...input } }
    const rows = await touched(
      bearer,
      `mutation D($input: ${type}!) { ${name}(input: $input) { __typename } }`,
      variables,
    )
    const again = `mutation A($input: ${type}!) { ${name}(input: $input) { __typename } }`
    expect((await portal.ask(bearer, again, variables)).data).toEqual({ [name]: { __typename: outcome } })
    return rows
  }
  const inAppointments = (by = 'staff as STAFF') => [`amal in appointments by ${by}`]

  it('has one row for each request, patient and subgraph that staff read', async () => {
    const one = 'query R($id: ID!) { changeRequest(id: $id) { reference } }'
    expect(await touched(staff, one, { id: requestId })).toEqual(inAppointments())
    const list = `{
      changeRequests { totalCount nodes { id reference reason detail history { kind at staffName } claim { mine }
        appointment { id startsAt clinic { name } lastMove { at } patient { id name { full } bornOn hospitalNumber } } } }
    }`
    const both = [
      ...inAppointments(),
      'amal in patients by staff as STAFF',
      'bea in appointments by staff as STAFF',
      'bea in patients by staff as STAFF',
    ]
    expect(await touched(staff, list)).toEqual(both)
    // For two lists the gateway asks twice who the patients are.
    const twice = list.replace(/}$/, 'again: changeRequests { nodes { appointment { patient { mobile } } } } }')
    expect(await touched(staff, twice)).toEqual(both)
  })

  it('has one of every conflict and refused notice they read', async () => {
    await aConflictOf(portal, staff, amal)
    const conflicts = '{ conflicts { nodes { id reason explanation appointment { id patient { id } } } } }'
    expect(await touched(staff, conflicts)).toEqual(inAppointments())
    await answerNotice(portal, bea.id, { acknowledgement: 'AE', reason: 'No such clinic' })
    const notices = '{ refusedHospitalNotices { nodes { id kind refusal appointment { id } } } }'
    expect(await touched(staff, notices)).toEqual(['bea in appointments by staff as STAFF'])
  })

  it('has none of what is not there, of counts, and of staff themselves', async () => {
    const nothing =
      'query R($id: ID!) { changeRequest(id: $id) { reference } availableSlots(appointmentId: $id) { totalCount } }'
    expect(await touched(staff, nothing, { id: randomUUID() })).toEqual([])
    const counts = '{ staffMember { email } changeRequests { totalCount } conflicts { totalCount } }'
    expect(await touched(staff, counts)).toEqual([])
    const elsewhere = tokenIn(await staffLogIn(portal, await aStaffMemberOf(portal, { clinicCodes: ['NONE'] })))
    const one = 'query R($id: ID!) { changeRequest(id: $id) { reference appointment { patient { name { full } } } } }'
    expect(await touched(elsewhere, one, { id: requestId })).toEqual([])
  })

  it('has one row of everything staff do, however little is asked of the outcome', async () => {
    const claim = () => touchedByDoing(staff, 'claimChangeRequest', 'ChangeRequestClaimed', { requestId })
    expect(await claim()).toEqual(inAppointments())
    const released = await touchedByDoing(staff, 'releaseChangeRequest', 'ChangeRequestReleased', { requestId })
    expect(released).toEqual(inAppointments())
    await claim()
    const [slotId] = await freeTimes(portal, staff, amal.id)
    const agreed = { requestId, slotId, message: 'See you then.' }
    expect(await touchedByDoing(staff, 'agreeToChangeRequest', 'ChangeRequestAgreed', agreed)).toEqual(inAppointments())

    const other = await askForChange(portal, await aBooked(portal, asksStaff, amal))
    await touchedByDoing(staff, 'claimChangeRequest', 'ChangeRequestClaimed', { requestId: other })
    const refused = { requestId: other, message: 'There is no other time.' }
    expect(await touchedByDoing(staff, 'refuseChangeRequest', 'ChangeRequestRefused', refused)).toEqual(
      inAppointments(),
    )

    const conflictId = await aConflictOf(portal, staff, amal)
    const note = 'Phoned the ward.'
    const settled = await touchedByDoing(staff, 'settleConflict', 'ConflictSettled', { conflictId, note })
    expect(settled).toEqual(inAppointments())
  })

  it('has one row of what feeds are told, claim and answer, and of what staff do about a refusal', async () => {
    const booked = await aBooked(portal, {}, amal)
    await moveToFirst(portal, booked)
    const due = '{ dueHospitalNotices(first: 50) { id appointment { id } } }'
    const rows = await touched(feeds(), due)
    expect(rows.filter((it) => it.startsWith('amal'))).toEqual(inAppointments('feeds as SYSTEM'))
    expect(new Set(rows).size).toBe(rows.length)
    const { dueHospitalNotices } = await portal.system(due)
    const notices = dueHospitalNotices as unknown as { id: string; appointment: { id: string } }[]
    const noticeId = notices.find(({ appointment }) => appointment.id === booked.id)?.id
    expect(await touchedByDoing(feeds(), 'claimHospitalNotice', 'HospitalNoticeClaimed', { noticeId })).toEqual(
      inAppointments('feeds as SYSTEM'),
    )
    const answer = { noticeId, acknowledgement: 'AE', reason: 'No such slot' }
    expect(await touchedByDoing(feeds(), 'answerHospitalNotice', 'HospitalNoticeAnswered', answer)).toEqual(
      inAppointments('feeds as SYSTEM'),
    )
    expect(await touchedByDoing(staff, 'retryHospitalNotice', 'HospitalNoticeQueued', { noticeId })).toEqual(
      inAppointments(),
    )
    const again = await answerNotice(portal, booked.id, { acknowledgement: 'AE', reason: 'No such slot' })
    const how = { noticeId: again, note: 'Phoned.' }
    expect(await touchedByDoing(staff, 'settleHospitalNotice', 'HospitalNoticeSettled', how)).toEqual(inAppointments())
  })

  it('has none of what patients themselves change, cancel, undo and ask for', async () => {
    const [direct, asking] = [await aBooked(portal, {}, amal), await aBooked(portal, asksStaff, amal)]
    const [slotId] = await freeTimes(portal, amal.token, direct.id)
    const of = ({ id: appointmentId }: Booked, version = 1) => ({ appointmentId, version, reason: 'OTHER' })
    const wish = { ...of(asking), preferredDays: [], preferredTimes: [] }
    for (const [name, outcome, input] of [
      ['rescheduleAppointment', 'AppointmentRescheduled', { ...of(direct), slotId }],
      ['cancelAppointment', 'AppointmentCancelled', of(direct, 2)],
      ['undoCancellation', 'CancellationUndone', { appointmentId: direct.id }],
      ['requestAppointmentChange', 'ChangeRequested', wish],
    ] as const)
      expect([name, ...(await touchedByDoing(amal.token, name, outcome, input))]).toEqual([name])
    const page = `query A($id: ID!) { appointment(id: $id) { canReschedule { __typename } canCancel { __typename } lastMove { by } changeRequests { reference history { kind } } } availableSlots(appointmentId: $id) { totalCount } }`
    expect(await touched(amal.token, page, { id: direct.id })).toEqual([])
    await portal.graph.settle()
    for (const subgraph of subgraphs) {
      const found = await rowsOf<{ role: string }>(portal, subgraph, 'select distinct role from audit_entry')
      expect(found.map(({ role }) => role).filter((it) => it === 'PATIENT' || it === 'GATEWAY')).toEqual([])
    }
  })

  it('is a chain that holds for everybody, also when staff and feeds read at once', async () => {
    const list = '{ changeRequests(first: 50) { nodes { reference appointment { patient { name { full } } } } } }'
    const due = '{ dueHospitalNotices(first: 50) { id hospitalId } }'
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        portal.ask(...((index % 2 ? [staff, list] : [feeds(), due]) as [string, string])),
      ),
    )
    for (const subgraph of subgraphs) expect(await faultsOf(portal, subgraph)).toEqual([])
    const ofAmal = await rowsOf<AuditRow>(
      portal,
      'appointments',
      "select * from audit_entry where patient_id = ? and role = 'STAFF'",
      amal.person.id,
    )
    expect(ofAmal.length).toBeGreaterThan(10)
  })
})
