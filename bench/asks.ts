import { randomUUID } from 'node:crypto'
import { request } from 'undici'
import type { Ask } from './load/load.ts'
import { operation } from './operations.ts'
import type { Person, Visit } from './world/copies.ts'

const homeBody = JSON.stringify({ query: operation('Home'), operationName: 'Home' })

const post = (token: string, body: string, answer: Ask['answer']): Ask => ({
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body,
  answer,
})

export const homePath = (id: string) => `/home/${encodeURIComponent(id)}`

/** What the home page asks, for everybody in turn; each must get what the databases say, byte for byte. */
export async function homeAsks(people: readonly Person[], bareOrigin: string): Promise<Ask[]> {
  return Promise.all(
    people.map(async ({ id, token }) => {
      const { body } = await request(`${bareOrigin}${homePath(id)}`)
      return post(token, homeBody, { exactly: await body.text() })
    }),
  )
}

/** The same answers, asked of the databases alone. */
export const bareAsks = (people: readonly Person[], asks: readonly Ask[]): Ask[] =>
  people.flatMap(({ id }, index) => {
    const answer = asks[index]?.answer
    return answer ? [{ method: 'GET', path: homePath(id), headers: {}, answer }] : []
  })

/** What patients do to an appointment, as the site sends it. */
export interface Act {
  readonly operation: string
  readonly field: string
  readonly outcome: string
  inputOf(visit: Visit): object
}

export const accept: Act = {
  operation: 'AcceptAppointment',
  field: 'acceptAppointment',
  outcome: 'AppointmentAccepted',
  inputOf: () => ({}),
}

/** To a time that is free; nobody has changed the appointment before. */
export const reschedule: Act = {
  operation: 'RescheduleAppointment',
  field: 'rescheduleAppointment',
  outcome: 'AppointmentRescheduled',
  inputOf: ({ freeSlotId }) => ({ version: 1, slotId: freeSlotId, reason: 'WORK_OR_STUDY', detail: '' }),
}

/** An act on every appointment of everybody, once, the next person's after each: as a graph is asked, and the bare SQL. */
export function actAsks(act: Act, people: readonly Person[]): { graph: Ask[]; bare: Ask[] } {
  const query = operation(act.operation)
  const most = Math.max(...people.map(({ visits }) => visits.length))
  const turns = Array.from({ length: most }, (_, turn) => turn)
  const asks = turns.flatMap((turn) =>
    people.flatMap(({ id, token, visits }) => {
      const visit = visits[turn]
      if (!visit) return []
      const input = { idempotencyKey: randomUUID(), appointmentId: visit.id, ...act.inputOf(visit) }
      const data = { [act.field]: { __typename: act.outcome, appointment: { id: visit.id } } }
      const answer = { exactly: `${JSON.stringify({ data })}\n` }
      const body = JSON.stringify({ query, operationName: act.operation, variables: { input } })
      const bare = `/${act.field}/${encodeURIComponent(id)}`
      return { graph: post(token, body, answer), bare: barePost(bare, JSON.stringify(input), answer) }
    }),
  )
  return { graph: asks.map(({ graph }) => graph), bare: asks.map(({ bare }) => bare) }
}

const barePost = (path: string, body: string, answer: Ask['answer']): Ask => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body,
  answer,
})

/** The home page, and the query behind it, for everybody in turn. */
export interface PageAsks {
  readonly pages: readonly Ask[]
  readonly queries: readonly Ask[]
}

export const pageAsks = (people: readonly Person[]): PageAsks => ({
  pages: people.map(({ token }) => ({
    method: 'GET',
    path: '/home',
    headers: { cookie: `session=${token}`, accept: 'text/html' },
    answer: { holding: 'Hello, Amal</h1>' },
  })),
  queries: people.map(({ token }) => post(token, homeBody, { holding: '"full":"Amal Jane Haddad"' })),
})
