import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReceiver, type Answer as Hl7Answer, type PortalMessage, type Receiver } from '../feeds/main.ts'
import { booking, canary, type Handed, hospitalSays as says, leaksIn, pid } from './canary.ts'
import { FakeClock } from './clock.ts'
import { act, aStaffMemberOf, done, staffLogIn, tokenIn } from './desk-in-world.ts'
import { rowsOf } from './rows-of.ts'
import type { NewStaffMember } from './staff.ts'
import { type WatchedPortal, watchedPortal } from './watched-portal.ts'
import { aClinic, type Answer, logIn, signedAddress, type World } from './world.ts'

/** What patients, staff and the hospital write to each other. */
const words = {
  detail: 'My Tirillia moults, so I cannot come',
  unavailable: 'Not in the week of the Mauserung',
  answer: 'Come to the Schnabelheim instead',
  refusal: 'We know of no Kaefigtuer on that day',
  note: 'Phoned about the Eierschale',
  cancelled: 'Dr Federkiel is flugunfaehig',
  hospital: 'Kropfgrund is unknown here',
  staffName: 'Ornella Nestwart',
  staffEmail: 'ornella.nestwart@example.com',
}
const written = [
  /tirillia|moults/i,
  /mauserung/i,
  /schnabelheim/i,
  /k(ae|ä)figtuer/i,
  /eierschale/i,
  /flugunf/i,
  /kropfgrund/i,
  /ornella|nestwart/i,
]
/** Nothing that would tell a passer-by who reads over a shoulder what somebody has. */
const clinical = [/gefieder/i, /federkiel|xanthippe/i, /zwitscherly/i, /clinic\b|ophthalmology|outpatients/i]

describe('what people write to each other about appointments', { timeout: 60_000 }, () => {
  const lines: string[] = []
  const urls: string[] = []
  const errors: string[] = []
  const handed: Handed[] = []
  const secrets: string[] = []
  const heard: PortalMessage[] = []
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let say: (message: PortalMessage) => Hl7Answer | undefined = () => ({ code: 'AA' })
  let hospital: Receiver
  let watched: WatchedPortal
  let portal: World
  let member: NewStaffMember
  let staff: string
  let token: string
  /** Their appointments: one they can change themselves, and two they must ask about. */
  let direct: string
  let asking: string
  let other: string

  beforeAll(async () => {
    const answered = (message: PortalMessage) => void heard.push(message)
    const now = () => clock.now()
    hospital = await openReceiver({ host: '127.0.0.1', port: 0, now, answer: (it) => say(it), answered })
    watched = await watchedPortal({ clock, lines, urls, handed, hospitalPort: hospital.port })
    portal = watched.portal
    await aClinic(portal, { code: 'FEDER', name: canary.clinic })
    await aClinic(portal, { code: 'FRAGE', name: canary.clinic, mode: 'REQUEST' })
    await hospitalSays('ADT^A28^ADT_A05', 'EVN|A28|20261123095900', pid())
    direct = await booked('FEDER', '202612101030', 'APT-1')
    asking = await booked('FRAGE', '202612111030', 'APT-2')
    other = await booked('FRAGE', '202612141030', 'APT-3')
    token = await logInAsThem()
    secrets.push(token)
  })
  afterAll(async () => {
    await watched.stop()
    await hospital.stop()
  })

  const hospitalSays = (trigger: string, ...segments: string[]) => says(watched.feeds, trigger, ...segments)
  /** Books an appointment as the hospital does, and offers other times of its clinic; gives its id. */
  async function booked(clinicCode: string, at: string, number: string): Promise<string> {
    expect(await hospitalSays('SIU^S12^SIU_S12', ...booking(clinicCode, at, number))).toMatchObject({ code: 'AA' })
    const feeds = 'select id, clinician from appointment where hospital_id = ?'
    const [row] = await rowsOf<{ id: string; clinician: string }>(portal, 'appointments', feeds, number)
    const slots = [1, 2, 3].map((days) => ({
      hospitalId: `${number}-${days}`,
      startsAt: new Date(Date.parse('2026-12-15T10:00:00Z') + days * 24 * 3600_000 + Number(number.at(-1)) * 3600_000),
      endsAt: new Date(Date.parse('2026-12-15T10:30:00Z') + days * 24 * 3600_000 + Number(number.at(-1)) * 3600_000),
      clinician: row?.clinician,
    }))
    await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
      input: { idempotencyKey: randomUUID(), clinicCode, slots },
    })
    return row?.id ?? ''
  }
  async function logInAsThem(): Promise<string> {
    // What they are texted about comes first: the code is the newest text.
    await portal.graph.settle()
    return logIn(portal, { id: '', hospitalNumber: '', mobile: canary.mobile, bornOn: canary.bornOn })
  }
  /** Asks as anybody, and keeps what is said when something is wrong. */
  async function ask(bearer: string | undefined, query: string, variables: object = {}): Promise<Answer> {
    const answer = await portal.ask(bearer, query, { ...variables }, signedAddress(portal))
    if (answer.errors.length) errors.push(answer.text)
    return answer
  }
  /** Does something that goes wrong, or not; keeps what is said then. */
  async function tries(bearer: string, name: string, input: object): Promise<void> {
    const answer = await act(portal, bearer, name, input)
    if (answer.errors.length) errors.push(answer.text)
  }
  const versionOf = async (id: string) => {
    const [row] = await rowsOf<{ version: number }>(
      portal,
      'appointments',
      'select version from appointment where id = ?',
      id,
    )
    return row?.version ?? 0
  }
  const freeTime = async (bearer: string, id: string) => {
    const { data } = await ask(bearer, 'query F($id: ID!) { availableSlots(appointmentId: $id) { nodes { id } } }', {
      id,
    })
    return (data?.availableSlots as unknown as { nodes: { id: string }[] }).nodes[0]?.id
  }
  const of = async (appointmentId: string, reason = 'OTHER') => ({
    appointmentId,
    version: await versionOf(appointmentId),
    reason,
    detail: words.detail,
  })
  const heardOf = (event: string) => heard.filter((it) => it.event === event)
  const move = async () => {
    const input = { ...(await of(direct)), slotId: await freeTime(token, direct) }
    await done(portal, token, ['rescheduleAppointment', 'AppointmentRescheduled'], input)
  }
  const cancel = async () =>
    done(portal, token, ['cancelAppointment', 'AppointmentCancelled'], await of(direct, 'CANNOT_COME'))

  it('reaches the hospital, whose answers are as full of words', async () => {
    const answers: (Hl7Answer | undefined)[] = [
      { code: 'AR', reason: `${canary.family} ${words.hospital}` },
      undefined,
      { code: 'AE', reason: `${canary.family} ${words.hospital}` },
    ]
    say = () => (answers.length ? answers.shift() : { code: 'AA' })
    await move()
    for (let tried = 1; tried <= 3; tried += 1) {
      await expect.poll(() => heardOf('S13').length, { timeout: 5_000 }).toBe(tried)
      // The answer, or that there was none, is kept: the next try is minutes away.
      const onItsWay = 'select id from hospital_notice where leased_until is not null'
      await expect.poll(() => rowsOf(portal, 'appointments', onItsWay), { timeout: 5_000 }).toEqual([])
      clock.pass(180)
    }
    expect(heardOf('S13')[0]?.text).toContain(canary.family.toUpperCase().slice(0, 1))
    const refused = `select refusal from hospital_notice where status = 'REFUSED'`
    await expect.poll(() => rowsOf(portal, 'appointments', refused)).toHaveLength(1)
    await portal.graph.settle()
    token = await logInAsThem()
    await cancel()
    await done(portal, token, ['undoCancellation', 'CancellationUndone'], { appointmentId: direct })
    await portal.graph.settle()
    await cancel()
    clock.pass(31 * 60)
    await portal.graph.settle()
    await expect.poll(() => heardOf('S15').length, { timeout: 5_000 }).toBe(1)
    expect(heard.map(({ text }) => text).join()).toMatch(written[0] as RegExp)
  })

  it('is asked of staff, claimed, refused and agreed to', async () => {
    token = await logInAsThem()
    member = await aStaffMemberOf(portal, { name: words.staffName, email: words.staffEmail })
    staff = tokenIn(await staffLogIn(portal, member))
    secrets.push(token, staff, member.password, new URL(member.totpUri).searchParams.get('secret') ?? member.totpUri)
    const wish = { preferredDays: ['MONDAY'], preferredTimes: [], unavailable: words.unavailable }
    for (const id of [asking, other])
      await done(portal, token, ['requestAppointmentChange', 'ChangeRequested'], { ...(await of(id)), ...wish })
    const list = '{ changeRequests { nodes { id detail unavailable appointment { id patient { name { full } } } } } }'
    const { data, text } = await ask(staff, list)
    for (const word of [words.detail, words.unavailable, canary.family]) expect(text).toContain(word)
    const { nodes } = data?.changeRequests as unknown as { nodes: { id: string; appointment: { id: string } }[] }
    for (const { id: requestId, appointment } of nodes) {
      await done(portal, staff, ['claimChangeRequest', 'ChangeRequestClaimed'], { requestId })
      if (appointment.id === other)
        await done(portal, staff, ['refuseChangeRequest', 'ChangeRequestRefused'], {
          requestId,
          message: words.refusal,
        })
      else {
        const answer = { requestId, slotId: await freeTime(staff, asking), message: words.answer }
        await done(portal, staff, ['agreeToChangeRequest', 'ChangeRequestAgreed'], answer)
      }
    }
    await portal.graph.settle()
    const desk = '{ refusedHospitalNotices { nodes { id refusal } } conflicts { nodes { id } } }'
    const seen = await ask(staff, desk)
    expect(seen.text).toContain('Kropfgrund')
    const refused = seen.data?.refusedHospitalNotices as unknown as { nodes: { id: string }[] }
    const settled = { noticeId: refused.nodes[0]?.id, note: words.note }
    await done(portal, staff, ['settleHospitalNotice', 'HospitalNoticeSettled'], settled)
  })

  it('is what the hospital gives as its reason', async () => {
    clock.pass(60)
    const [schedule = '', ...more] = booking('FRAGE', '202612141030', 'APT-3')
    const fields = schedule.split('|')
    fields[6] = `^${words.cancelled}`
    fields[25] = 'CANCELLED'
    const message = [fields.join('|').replace('BOOKED', 'CANCELLED'), ...more]
    expect((await hospitalSays('SIU^S15^SIU_S12', ...message)).code).toBe('AA')
    await hospitalSays('ADT^A40', 'EVN|A40|20261123100500', pid(), `MRG|${canary.family}^^^RWG^MR`)
    await hospitalSays('ADT^A40', 'EVN|A40|20261123100500', pid(), `MRG|${canary.hospitalNumber}^^^RWG^MR`)
    await hospitalSays('ADT^A37', 'EVN|A37|20261123100500', pid(), `PID|2||${canary.family}^^^RWG^MR`)
    await hospitalSays('ADT^A01', 'EVN|A01|20261123100500', pid(), `PV1|1|I|${canary.clinic}`)
    await hospitalSays('SIU^S26', `SCH|APT-1^PAS|||||^${words.cancelled}`, pid())
    await portal.graph.settle()
    const reason = 'query A($id: ID!) { appointment(id: $id) { status cancellation { by reason } } }'
    expect((await ask(token, reason, { id: other })).text).toContain('flugunfaehig')
  })

  it('is typed where it does not belong', async () => {
    const long = words.detail.repeat(40)
    const { detail: word } = words
    for (const [name, input] of [
      ['rescheduleAppointment', { appointmentId: asking, version: 1, slotId: word, reason: word }],
      ['rescheduleAppointment', { appointmentId: asking, version: word, slotId: word, reason: 'OTHER' }],
      ['rescheduleAppointment', { appointmentId: asking, version: 1, slotId: word, reason: 'OTHER', detail: long }],
      ['cancelAppointment', { appointmentId: word, version: 1, reason: 'OTHER', detail: { why: word } }],
      ['cancelAppointment', { appointmentId: asking, version: 1, reason: 'OTHER', detail: long }],
      ['requestAppointmentChange', { ...(await of(asking)), preferredDays: [word], preferredTimes: [] }],
      ['requestAppointmentChange', { ...(await of(asking)), preferredDays: [], preferredTimes: [], unavailable: long }],
      ['requestAppointmentCancellation', { ...(await of(asking)), detail: long }],
      ['undoCancellation', { appointmentId: [word, word] }],
      ['withdrawChangeRequest', { requestId: word, idempotencyKey: long }],
    ] as const)
      await tries(token, name, input)
    for (const [name, input] of [
      ['refuseChangeRequest', { requestId: word, message: long }],
      ['refuseChangeRequest', { requestId: word, message: { text: word } }],
      ['agreeToChangeRequest', { requestId: word, slotId: [word], message: long }],
      ['settleConflict', { conflictId: word, note: long }],
      ['settleHospitalNotice', { noticeId: word, note: long }],
      ['settleHospitalNotice', { noticeId: word, note: 7, more: word }],
      ['requestReplay', { hospitalMessageId: [word, word] }],
    ] as const)
      await tries(staff, name, input)
    for (const bearer of [token, staff, undefined]) {
      await ask(bearer, `{ availableSlots(appointmentId: "x", from: "${canary.family}") { totalCount } }`)
      await ask(bearer, `{ availableSlots(appointmentId: "x", after: "${canary.family}") { totalCount } }`)
      await ask(bearer, `{ changeRequests(status: "${canary.family}") { totalCount } }`)
      await ask(
        bearer,
        `{ changeRequest(id: "${canary.family}") { reference } conflicts(after: "${word}") { totalCount } }`,
      )
    }
    const { email, password } = member
    await staffLogIn(portal, member, { password: canary.family, code: canary.nhsNumber })
    for (const input of [
      { email, password, code: { code: password }, device: 'x' },
      { email: [email], password: { is: password }, code: 123456, device: email },
      { email, password: `${password}${'x'.repeat(200_000)}`, code: '1', device: email },
    ]) {
      const logIn = `mutation L($input: LogInStaffInput!) { logInStaff(input: $input) { __typename } }`
      errors.push((await portal.ask(undefined, logIn, { input }, signedAddress(portal))).text)
    }
    const create = `mutation C($input: CreateStaffMemberInput!) { createStaffMember(input: $input) { __typename } }`
    const feeds = `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
    for (const more of [{}, { clinicCodes: [] }, { name: words.staffName.repeat(20) }, { password: 'Eierschale' }])
      await ask(feeds, create, { input: { email, name: words.staffName, ...more } })
  })

  it('is in the words of a database that fails', async () => {
    const all = [...Object.values(words), canary.family, ...secrets].join(' ').replaceAll("'", '')
    const acts: [string, string, string, () => Promise<unknown>][] = [
      [
        'appointments',
        'change_request',
        'insert',
        async () => {
          const wish = { ...(await of(asking)), preferredDays: [], preferredTimes: [] }
          await tries(token, 'requestAppointmentChange', wish)
        },
      ],
      [
        'appointments',
        'audit_entry',
        'insert',
        () => ask(staff, '{ changeRequests(status: AGREED) { nodes { detail } } }'),
      ],
      [
        'patients',
        'staff_session',
        'insert',
        async () => {
          clock.pass(30)
          errors.push((await staffLogIn(portal, member)).text)
        },
      ],
      [
        'messages',
        'outgoing_message',
        'insert',
        async () => {
          const wish = { ...(await of(asking)), preferredDays: [], preferredTimes: [] }
          await tries(token, 'requestAppointmentChange', wish)
          await portal.graph.settle()
        },
      ],
      // Written by itself, again and again: it is waited for.
      ['appointments', 'hospital_notice', 'update', () => Promise.resolve()],
    ]
    const masked = () => lines.filter((it) => /"level":(40|50)/.test(it)).length
    for (const [subgraph, table, when, fails] of acts) {
      const before = masked()
      const name = `leak_${table}`
      const plant = `create trigger ${name} before ${when} on ${table} begin select raise(abort, '${all}'); end`
      await rowsOf(portal, subgraph as 'patients', plant)
      await fails()
      await expect.poll(() => [table, masked() > before], { timeout: 10_000 }).toEqual([table, true])
      await rowsOf(portal, subgraph as 'patients', `drop trigger ${name}`)
    }
  })

  it('is in no log, no error, no address and no reference', () => {
    const all = [...written, ...secrets.map((it) => new RegExp(it))]
    expect(lines.filter((it) => it.includes('"part":"feeds"')).length).toBeGreaterThan(5)
    expect(lines.filter((it) => it.includes('"errorId"')).length).toBeGreaterThan(2)
    expect(errors.length).toBeGreaterThan(30)
    const references = handed.map((it) => it.reference ?? '')
    expect(references.filter(Boolean).length).toBeGreaterThan(7)
    for (const some of [lines, urls, errors, references]) expect(leaksIn(some, all)).toEqual([])
    expect(leaksIn([`{"token":"${token}"}`, words.note], all)).toHaveLength(2)
  })

  it('is in no text to a patient: who, that something is new, and where to look', () => {
    const texts = handed.map((it) => Object.values(it.personalisation).join(' '))
    for (const about of [
      'has been changed',
      'is cancelled',
      'booked again',
      'answered your request',
      'could not confirm',
      'hospital has cancelled',
    ])
      expect(texts.filter((it) => it.includes(about)).length, about).toBeGreaterThan(0)
    const clinicalOrWritten = [...clinical, ...written]
    expect(texts.filter((text) => clinicalOrWritten.some((word) => word.test(text)))).toEqual([])
    expect(
      clinicalOrWritten.every((word) =>
        [...Object.values(words), ...Object.values(canary), 'Ophthalmology'].some((it) => word.test(it)),
      ),
    ).toBe(true)
  })
})
