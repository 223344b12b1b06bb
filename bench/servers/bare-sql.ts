import { createServer } from 'node:http'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'

/**
 * The answer of the home page's query with nothing around it: two statements and JSON. Asked by the id of the person, as
 * GET /home/<id>; GET /alone says what one answer costs without a server, in CPU ms. Written by hand: when the site's
 * query changes, every answer is wrong until this says the same.
 */
const [folder = '', port = ''] = process.argv.slice(2)
const open = (name: string) => new Sqlite(join(folder, `${name}.db`), { readonly: true })
const [patients, appointments] = [open('patients'), open('appointments')]
const person = patients.prepare<[string], PersonRow>('select given, family, title from patient where id = ?')
const page = appointments.prepare<[string, number], AppointmentRow>(
  `select id, starts_at, status, accepted_at from appointment
   where patient_id = ? and excluded = 0 and ends_at > ? order by starts_at, id limit 20`,
)

interface PersonRow {
  readonly given: string
  readonly family: string
  readonly title: string | null
}
interface AppointmentRow {
  readonly id: string
  readonly starts_at: number
  readonly status: string
  readonly accepted_at: number | null
}

function acceptanceOf({ status, accepted_at, starts_at }: AppointmentRow, now: number): string {
  if (status !== 'BOOKED' || (accepted_at === null && starts_at <= now)) return 'AcceptanceClosed'
  return accepted_at === null ? 'AcceptanceOpen' : 'AlreadyAccepted'
}

function home(id: string): string {
  const now = Date.now()
  const found = person.get(id)
  const given = JSON.parse(found?.given ?? '[]') as string[]
  const full = [found?.title, ...given, found?.family].filter(Boolean).join(' ')
  const nodes = page.all(id, now).map((row) => ({
    id: row.id,
    startsAt: new Date(row.starts_at).toISOString(),
    status: row.status,
    acceptance: { __typename: acceptanceOf(row, now) },
  }))
  return `${JSON.stringify({ data: { me: { name: { given, full }, appointments: { nodes } } } })}\n`
}

/** CPU ms for each answer, over everybody several times. */
async function alone(): Promise<string> {
  const ids = patients.prepare('select id from patient').pluck().all() as string[]
  const rounds = 3
  const started = process.cpuUsage()
  for (let round = 0; round < rounds; round += 1) {
    for (const id of ids) home(id)
    await setImmediate()
  }
  const { user, system } = process.cpuUsage(started)
  return String((user + system) / 1000 / (ids.length * rounds))
}

createServer((request, response) => {
  const answer = (text: string) =>
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
  if (request.url === '/ready') answer('{}')
  else if (request.url === '/alone') void alone().then(answer)
  else answer(home(decodeURIComponent(request.url?.slice('/home/'.length) ?? '')))
}).listen(Number(port), '127.0.0.1')
