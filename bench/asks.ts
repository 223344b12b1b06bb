import { randomUUID } from 'node:crypto'
import { request } from 'undici'
import type { Ask } from './load/load.ts'
import { operation } from './operations.ts'
import type { Person } from './world/copies.ts'

const homeBody = JSON.stringify({ query: operation('Home'), operationName: 'Home' })
const accept = operation('AcceptAppointment')

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

/** Every appointment of everybody, accepted once, the next person's after each. */
export function acceptAsks(people: readonly Person[]): Ask[] {
  const most = Math.max(...people.map(({ appointmentIds }) => appointmentIds.length))
  const turns = Array.from({ length: most }, (_, turn) => turn)
  return turns.flatMap((turn) =>
    people.flatMap(({ token, appointmentIds }) => {
      const appointmentId = appointmentIds[turn]
      return appointmentId === undefined ? [] : [acceptAsk(token, appointmentId)]
    }),
  )
}

function acceptAsk(token: string, appointmentId: string): Ask {
  const input = { appointmentId, idempotencyKey: randomUUID() }
  const data = { acceptAppointment: { __typename: 'AppointmentAccepted', appointment: { id: appointmentId } } }
  const body = JSON.stringify({ query: accept, operationName: 'AcceptAppointment', variables: { input } })
  return post(token, body, { exactly: `${JSON.stringify({ data })}\n` })
}

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
