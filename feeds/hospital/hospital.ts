import { readFileSync } from 'node:fs'
import type { Answer } from '../hl7/acknowledgement.ts'
import type { RefusedMessage, Replayed } from '../intake/replay.ts'
import { sendHl7, type Hl7Address } from '../mllp-client.ts'
import { fullName, NotInTheBook, type HospitalBook } from './book.ts'
import {
  bookAppointment,
  cancelAppointment,
  moveAppointment,
  registerPatient,
  type HospitalPerson,
} from './messages.ts'
import type { Order } from './orders.ts'
import { exitCodes, readableAck, readableMessage, readableTime } from './readable.ts'
import { usage } from './usage.ts'

/** What the hospital in a box needs: its book, the portal's listener, and the portal's shelf of refused messages. */
export interface Hospital {
  readonly book: HospitalBook
  readonly portal: Hl7Address
  readonly facility: string
  readonly now: () => Date
  readonly print: (text: string) => void
  readonly refused: {
    list: () => Promise<RefusedMessage[]>
    replay: (message: RefusedMessage) => Promise<Replayed>
  }
}

type Do<Kind extends Order['kind']> = (hospital: Hospital, order: Extract<Order, { kind: Kind }>) => Promise<number>

/** Does what is asked, prints what was sent and answered, and answers the exit code. */
export function carryOut(hospital: Hospital, order: Order): Promise<number> {
  const act = acts[order.kind] as Do<typeof order.kind>
  return act(hospital, order as never)
}

const acts: { [Kind in Order['kind']]: Do<Kind> } = { book, move, cancel, register, send, list, refused, replay, help }

async function book(hospital: Hospital, order: Extract<Order, { kind: 'book' }>): Promise<number> {
  const person = named(hospital.book.person(order.patient))
  const code = order.clinic ?? hospital.book.clinics[0]?.code
  if (code === undefined) throw new NotInTheBook('The hospital has no clinic of its own here. Name one with --clinic.')
  const clinic = hospital.book.clinics.find((it) => it.code === code)
  const startsAt = order.at ?? weekdayMorning(hospital.now())
  const minutes = order.minutes ?? clinic?.minutes ?? 30
  const clinician = order.clinician ?? clinic?.clinicians[0]
  const kind = order.admission ? ('ADMISSION' as const) : ('OUTPATIENT' as const)
  const appointment = { id: order.id, clinicCode: code, startsAt, minutes, clinician, medium: order.medium, kind }
  const exit = await sendMessage(hospital, bookAppointment(person, appointment, envelope(hospital)))
  if (exit !== 0) return exit
  const { id } = order
  const { hospitalNumber } = person
  hospital.book.remember({
    appointment: { id, hospitalNumber, clinicCode: code, minutes, startsAt: startsAt.toISOString() },
  })
  hospital.print(`\nAppointment ${id} is booked for ${readableTime(startsAt)}.\n`)
  hospital.print(`Next: npm run hospital -- move ${id} --at "..."   or   npm run hospital -- cancel ${id}\n`)
  return exit
}

async function move(hospital: Hospital, { id, at, patient }: Extract<Order, { kind: 'move' }>): Promise<number> {
  const { person, known } = whose(hospital, id, patient)
  const appointment = { id, startsAt: at, minutes: known?.minutes }
  const exit = await sendMessage(hospital, moveAppointment(person, appointment, envelope(hospital)))
  if (exit === 0 && known)
    hospital.book.remember({ appointment: { ...known, startsAt: at.toISOString(), cancelled: false } })
  return exit
}

async function cancel(
  hospital: Hospital,
  { id, reason, patient }: Extract<Order, { kind: 'cancel' }>,
): Promise<number> {
  const { person, known } = whose(hospital, id, patient)
  const exit = await sendMessage(hospital, cancelAppointment(person, { id }, reason, envelope(hospital)))
  if (exit === 0 && known) hospital.book.remember({ appointment: { ...known, cancelled: true } })
  return exit
}

async function register(hospital: Hospital, { person }: Extract<Order, { kind: 'register' }>): Promise<number> {
  const exit = await sendMessage(hospital, registerPatient(person, envelope(hospital)))
  if (exit === 0) hospital.book.remember({ person: { ...named(person), bornOn: person.bornOn } })
  return exit
}

async function send(hospital: Hospital, { file }: Extract<Order, { kind: 'send' }>): Promise<number> {
  let message: string
  try {
    message = readFileSync(file, 'utf8')
  } catch {
    throw new NotInTheBook(`${file} cannot be read. Give the path of a file that holds one HL7 message.`)
  }
  return sendMessage(hospital, message)
}

async function list({ book, print }: Hospital): Promise<number> {
  for (const { id, hospitalNumber, clinicCode, startsAt, cancelled } of book.appointments) {
    const when = cancelled
      ? 'cancelled'
      : startsAt === undefined
        ? 'as the demonstration booked it'
        : readableTime(new Date(startsAt))
    print(
      `${id.padEnd(12)}${`${fullName(book.person(hospitalNumber))} (${hospitalNumber})`.padEnd(36)}${clinicCode.padEnd(8)}${when}\n`,
    )
  }
  return 0
}

async function refused({ refused: shelf, print }: Hospital): Promise<number> {
  const messages = await shelf.list()
  if (messages.length === 0) print('The portal has refused no message that still waits.\n')
  for (const { id, type, sender, controlId, receivedAt, acknowledgement, reason } of messages)
    print(
      `${id}  ${acknowledgement ?? ''} ${type} ${controlId} from ${sender}, ${readableTime(new Date(receivedAt))}\n  ${reason?.replaceAll('\n', '\n  ') ?? ''}\n`,
    )
  return 0
}

async function replay(
  { refused: shelf, print }: Hospital,
  { id }: Extract<Order, { kind: 'replay' }>,
): Promise<number> {
  const messages = (await shelf.list()).filter((it) => id === undefined || it.id === id || it.controlId === id)
  if (messages.length === 0 && id !== undefined)
    throw new NotInTheBook(`No refused message has the id ${id}. See: npm run hospital -- refused`)
  if (messages.length === 0) print('The portal has refused no message that still waits.\n')
  const worst: Answer['code'][] = []
  for (const message of messages) {
    const { answer } = await shelf.replay(message)
    worst.push(answer.code)
    print(
      `${message.type} ${message.controlId}: ${readableAck({ ...answer, controlId: '', raw: '', lines: answer.reason?.split('\n') ?? [] })}`,
    )
  }
  return Math.max(0, ...worst.map((code) => exitCodes[code]))
}

async function help({ print }: Hospital): Promise<number> {
  print(usage)
  return 0
}

async function sendMessage({ portal, print }: Hospital, message: string): Promise<number> {
  print(`Sending to ${portal.host}:${portal.port}\n${readableMessage(message)}`)
  const ack = await sendHl7(portal, message)
  print(`Answered\n${readableMessage(ack.raw)}\n${readableAck(ack)}`)
  return exitCodes[ack.code]
}

function whose({ book }: Hospital, id: string, patient: string | undefined) {
  const known = book.appointment(id)
  const asked = patient ?? known?.hospitalNumber
  if (asked === undefined)
    throw new NotInTheBook(
      `The hospital's book has no appointment ${id}. See: npm run hospital -- list. Or say whose it is with --patient.`,
    )
  return { person: named(book.person(asked)), known }
}

/** A booking says who it is for, not how to reach them: that would undo what they have changed since. */
const named = ({ hospitalNumber, title, given, family, bornOn }: HospitalPerson): HospitalPerson => ({
  hospitalNumber,
  title,
  given,
  family,
  bornOn,
})

const envelope = ({ now, facility }: Hospital) => ({ at: now(), facility })

/** Half past ten in the morning (as UTC has it) on a weekday about a week from now. */
function weekdayMorning(now: Date): Date {
  const day = new Date(now)
  day.setUTCDate(day.getUTCDate() + 7)
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  day.setUTCHours(10, 30, 0, 0)
  return day
}
