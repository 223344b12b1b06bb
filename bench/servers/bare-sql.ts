import { createServer, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Sqlite from 'better-sqlite3'
import { bareAccept } from './bare/accept.ts'
import { bareHome } from './bare/home.ts'
import { bareReschedule } from './bare/reschedule.ts'

/**
 * The answers of the portal with nothing around them: statements, JSON and node:http. Who asks is in the path, and is
 * believed: GET /home/<id>, POST /acceptAppointment/<id> and /rescheduleAppointment/<id> with the input of the mutation.
 * GET /alone says what one answer of the home page costs without a server, in CPU ms.
 *
 * Left out, since it is what a graph adds: finding the session and noting that it is in use, roles, the gateway's plan,
 * reading and checking the operation, and the subgraph's own loops. Written by hand: when the portal's answers change,
 * every answer here is wrong until this says the same; what a mutation writes must be kept the same by who changes it.
 */
const [folder = '', port = ''] = process.argv.slice(2)
const patients = new Sqlite(join(folder, 'patients.db'), { readonly: true })
const appointments = new Sqlite(join(folder, 'appointments.db'))
// As the portal sets them: what it promised is on the disk before it answers.
for (const pragma of ['journal_mode = wal', 'synchronous = 2', 'busy_timeout = 5000', 'foreign_keys = 1'])
  appointments.pragma(pragma)

const { home, alone } = bareHome(patients, appointments)
const acts: Record<string, (patientId: string, input: never) => string> = {
  acceptAppointment: bareAccept(appointments),
  rescheduleAppointment: bareReschedule(appointments),
}

async function answerTo(request: IncomingMessage): Promise<string> {
  const [, name = '', id = ''] = (request.url ?? '').split('/')
  if (name === 'ready') return '{}'
  if (name === 'alone') return alone()
  if (name === 'home') return home(decodeURIComponent(id))
  const act = acts[name]
  if (!act) throw new Error(`There is no ${name} here`)
  return act(decodeURIComponent(id), JSON.parse(await text(request)) as never)
}

createServer((request, response) => {
  const send = (status: number, body: string) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body)
  answerTo(request).then(
    (body) => send(200, body),
    (error: unknown) => send(500, String(error)),
  )
}).listen(Number(port), '127.0.0.1')
