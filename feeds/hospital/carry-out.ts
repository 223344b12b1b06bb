import { readFileSync } from 'node:fs'
import { readableTime } from '../hl7/readable-time.ts'
import { appointmentActs } from './appointment-acts.ts'
import { fullName, NotInTheBook, type BookedAppointment } from './book.ts'
import { documentActs } from './document-acts.ts'
import { sendMessage, type Act, type Acts, type Hospital } from './hospital.ts'
import { listenTo } from './listening.ts'
import type { Order } from './order.ts'
import { peopleActs } from './people-acts.ts'
import { shelfActs } from './shelf-acts.ts'
import { stayActs } from './stay-acts.ts'
import { usage } from './usage.ts'

/** Does what is asked, prints what was sent and answered, and answers the exit code. */
export function carryOut(hospital: Hospital, order: Order): Promise<number> {
  const act = acts[order.kind] as Act<typeof order.kind>
  return act(hospital, order as never)
}

const send: Act<'send'> = async (hospital, { file }) => {
  let message: string
  try {
    message = readFileSync(file, 'utf8')
  } catch {
    throw new NotInTheBook(`${file} cannot be read. Give the path of a file that holds one HL7 message.`)
  }
  return sendMessage(hospital, message)
}

const list: Act<'list'> = async ({ book, print }) => {
  for (const appointment of book.appointments) {
    const { id, hospitalNumber, clinicCode } = appointment
    const who = `${fullName(book.person(hospitalNumber))} (${hospitalNumber})`
    print(`${id.padEnd(12)}${who.padEnd(36)}${clinicCode.padEnd(8)}${whenOf(appointment)}\n`)
  }
  for (const { id, hospitalNumber, test } of book.documents) {
    const who = `${fullName(book.person(hospitalNumber))} (${hospitalNumber})`
    print(`${id.padEnd(12)}${who.padEnd(36)}${test ?? 'letter'}\n`)
  }
  return 0
}

const help: Act<'help'> = async ({ print }) => {
  print(usage)
  return 0
}

function whenOf({ cancelled, stay, startsAt }: BookedAppointment): string {
  if (cancelled) return 'cancelled'
  if (stay === 'ADMITTED') return 'in hospital'
  if (stay === 'DISCHARGED') return 'gone home'
  return startsAt === undefined ? 'as the demonstration booked it' : readableTime(new Date(startsAt))
}

const listen: Act<'listen'> = (hospital, { manner, port }) => listenTo(hospital, manner, port)

const acts: Acts<Order['kind']> = {
  ...appointmentActs,
  ...stayActs,
  ...peopleActs,
  ...documentActs,
  ...shelfActs,
  listen,
  send,
  list,
  help,
}
