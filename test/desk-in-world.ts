import { randomUUID } from 'node:crypto'
import { aStaffMember, codeNow, type NewStaffMember } from './staff.ts'
import {
  aClinic,
  type Answer,
  anAppointment,
  aPerson,
  logIn,
  type PersonInWorld,
  signedAddress,
  type World,
} from './world.ts'

const day = 24 * 3600_000

/** Somebody of the staff, created as the command does it. */
export const aStaffMemberOf = (portal: World, facts: object = {}): Promise<NewStaffMember> =>
  aStaffMember({ ask: async (_, query, variables) => ({ data: await portal.system(query, variables) }) }, facts)

const logInStaff = `mutation L($input: LogInStaffInput!) {
  logInStaff(input: $input) { __typename ... on StaffLoggedIn { token } ... on LoginPaused { until } ... on Problem { message } }
}`

/** A log in of staff, from an address of its own unless one is given: everything is right but what is given otherwise. */
export function staffLogIn(
  portal: World,
  { email, password, totpUri }: NewStaffMember,
  otherwise: object = {},
  address = signedAddress(portal),
): Promise<Answer> {
  const right = { email, password, code: codeNow(portal, totpUri), device: 'A test' }
  return portal.ask(undefined, logInStaff, { input: { ...right, ...otherwise } }, address)
}

/** The bearer token in the answer to a log in. */
export function tokenIn({ data, text }: Answer): string {
  const { token } = (data?.logInStaff ?? {}) as { token?: string }
  if (!token) throw new Error(text)
  return token
}

/** The token of somebody new of the staff: of every clinic unless some are named. */
export const aStaffToken = async (portal: World, facts: object = {}): Promise<string> =>
  tokenIn(await staffLogIn(portal, await aStaffMemberOf(portal, facts)))

const why = '... on Problem { message }'

/** Does something over the graph; `more` is what is asked of the outcome beside its name. */
export function act(portal: World, bearer: string, name: string, input: object, more = why): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const document = `mutation Act($input: ${type}!) { ${name}(input: $input) { __typename ${more} } }`
  return portal.ask(bearer, document, { input: { idempotencyKey: randomUUID(), ...input } })
}

/** As `act`, for what must come out as it is called. Gives the outcome. */
export async function done<Outcome extends object>(
  portal: World,
  bearer: string,
  [name, outcome]: readonly [name: string, outcome: string],
  input: object,
  more = why,
): Promise<Outcome> {
  const answer = await act(portal, bearer, name, input, more)
  const found = (answer.data?.[name] ?? {}) as { __typename?: string }
  if (found.__typename !== outcome) throw new Error(answer.text)
  return found as Outcome
}

/** Somebody with an appointment in ten days, and the days after it on which there are free times. */
export interface Booked {
  person: PersonInWorld
  token: string
  clinicCode: string
  id: string
  hospitalId: string
}

export async function aBooked(
  portal: World,
  facts: object = {},
  someone?: Pick<Booked, 'person' | 'token'>,
): Promise<Booked> {
  const person = someone?.person ?? (await aPerson(portal))
  const clinicCode = await aClinic(portal, { ...facts })
  const now = portal.clock.now().getTime()
  const clinician = `Dr ${clinicCode}`
  const slots = [10, 11, 12, 13].map((days) => ({
    hospitalId: randomUUID(),
    startsAt: new Date(now + days * day),
    endsAt: new Date(now + days * day + 1800_000),
    clinician,
  }))
  await portal.system(`mutation P($input: PublishSlotsInput!) { publishSlots(input: $input) { __typename } }`, {
    input: { idempotencyKey: randomUUID(), clinicCode, slots },
  })
  const { id, hospitalId } = await anAppointment(portal, person, { clinicCode, clinician })
  return { person, token: someone?.token ?? (await logIn(portal, person)), clinicCode, id, hospitalId }
}

/** The ids of the times that are free for this appointment, the soonest first. */
export async function freeTimes(portal: World, bearer: string, id: string): Promise<string[]> {
  const query = `query F($id: ID!) { availableSlots(appointmentId: $id) { nodes { id } } }`
  const { data, text } = await portal.ask(bearer, query, { id })
  const slots = data?.availableSlots as unknown as { nodes: { id: string }[] } | null
  if (!slots) throw new Error(text)
  return slots.nodes.map((it) => it.id)
}

const wishes = { version: 1, reason: 'OTHER' } as const

/** The owner asks for another time; gives the id of the request. */
export async function askForChange(portal: World, { token, id }: Booked, facts: object = {}): Promise<string> {
  const input = { ...wishes, appointmentId: id, preferredDays: [], preferredTimes: [], ...facts }
  const how = ['requestAppointmentChange', 'ChangeRequested'] as const
  const more = `${why} ... on ChangeRequested { request { id } }`
  return (await done<{ request: { id: string } }>(portal, token, how, input, more)).request.id
}

/** The owner moves it to the soonest free time. */
export async function moveToFirst(portal: World, { token, id }: Booked, facts: object = {}): Promise<void> {
  const [slotId] = await freeTimes(portal, token, id)
  const input = { ...wishes, appointmentId: id, slotId, ...facts }
  await done(portal, token, ['rescheduleAppointment', 'AppointmentRescheduled'], input)
}

/** The notice about this appointment that the hospital has yet to be sent, claimed and answered as feeds do. */
export async function answerNotice(portal: World, id: string, answer: object): Promise<string> {
  const feeds = `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
  const { dueHospitalNotices } = await portal.system('{ dueHospitalNotices(first: 50) { id appointment { id } } }')
  const due = dueHospitalNotices as unknown as { id: string; appointment: { id: string } }[]
  const noticeId = due.find(({ appointment }) => appointment.id === id)?.id ?? ''
  await done(portal, feeds, ['claimHospitalNotice', 'HospitalNoticeClaimed'], { noticeId })
  await done(portal, feeds, ['answerHospitalNotice', 'HospitalNoticeAnswered'], { noticeId, ...answer })
  return noticeId
}

/** A conflict on the desk: the hospital booked the same person twice at one time. Gives its id. */
export async function aConflictOf(portal: World, bearer: string, { person, clinicCode }: Booked): Promise<string> {
  const startsAt = new Date(portal.clock.now().getTime() + 30 * day)
  const first = await anAppointment(portal, person, { clinicCode, startsAt })
  const second = await anAppointment(portal, person, { clinicCode, startsAt })
  const { data, text } = await portal.ask(bearer, '{ conflicts(first: 50) { nodes { id appointment { id } } } }')
  const { nodes } = data?.conflicts as unknown as { nodes: { id: string; appointment: { id: string } }[] }
  const found = nodes.find(({ appointment }) => [first.id, second.id].includes(appointment.id))
  if (!found) throw new Error(text)
  return found.id
}
