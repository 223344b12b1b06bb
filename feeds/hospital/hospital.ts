import type { RefusedMessage, Replayed } from '../intake/replay.ts'
import { sendHl7, type Hl7Address } from '../mllp-client.ts'
import { NotInTheBook, type HospitalBook } from './book.ts'
import type { HospitalPerson } from './messages.ts'
import type { Order } from './order.ts'
import { exitCodes, readableAck, readableMessage } from './readable.ts'

/** What the hospital in a box needs: its book, the portal's listener, and the portal's shelf of refused messages. */
export interface Hospital {
  readonly book: HospitalBook
  readonly portal: Hl7Address
  readonly facility: string
  readonly now: () => Date
  readonly print: (text: string) => void
  /** Where it listens to the portal, unless told otherwise. */
  readonly listeningPort: number
  /** When somebody has had enough of listening. */
  readonly untilStopped: () => Promise<void>
  readonly refused: {
    list: () => Promise<RefusedMessage[]>
    replay: (message: RefusedMessage) => Promise<Replayed>
  }
}

/** Carries out one command, and answers the exit code. */
export type Act<Kind extends Order['kind']> = (
  hospital: Hospital,
  order: Extract<Order, { kind: Kind }>,
) => Promise<number>
/** How some of the commands are carried out. */
export type Acts<Kinds extends Order['kind']> = { [Kind in Kinds]: Act<Kind> }

/** Sends a message to the portal and prints both sides of it. */
export async function sendMessage({ portal, print }: Hospital, message: string): Promise<number> {
  print(`Sending to ${portal.host}:${portal.port}\n${readableMessage(message)}`)
  const ack = await sendHl7(portal, message)
  print(`Answered\n${readableMessage(ack.raw)}\n${readableAck(ack)}`)
  return exitCodes[ack.code]
}

/** Whose appointment or stay it is, by the book or as it was typed. */
export function whose({ book }: Hospital, id: string, patient: string | undefined) {
  const known = book.appointment(id)
  const asked = patient ?? known?.hospitalNumber
  if (asked === undefined)
    throw new NotInTheBook(
      `The hospital's book has no appointment ${id}. See: npm run hospital -- list. Or say whose it is with --patient.`,
    )
  return { person: named(book.person(asked)), known }
}

/** A booking says who it is for, not how to reach them: that would undo what they have changed since. */
export const named = ({ hospitalNumber, title, given, family, bornOn }: HospitalPerson): HospitalPerson => ({
  hospitalNumber,
  title,
  given,
  family,
  bornOn,
})

/** The envelope of what is sent now. */
export const envelope = ({ now, facility }: Hospital) => ({ at: now(), facility })
