import type { Answer } from '../hl7/acknowledgement.ts'
import { readableTime } from '../hl7/readable-time.ts'
import { NotInTheBook } from './book.ts'
import type { Act, Acts } from './hospital.ts'
import { exitCodes, readableAck } from './readable.ts'

const refused: Act<'refused'> = async ({ refused: shelf, print }) => {
  const messages = await shelf.list()
  if (messages.length === 0) print('The portal has refused no message that still waits.\n')
  for (const { id, type, sender, controlId, receivedAt, acknowledgement, reason } of messages)
    print(
      `${id}  ${acknowledgement ?? ''} ${type} ${controlId} from ${sender}, ${readableTime(new Date(receivedAt))}\n  ${reason?.replaceAll('\n', '\n  ') ?? ''}\n`,
    )
  return 0
}

const replay: Act<'replay'> = async ({ refused: shelf, print }, { id }) => {
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

/** What is done with the portal's shelf of refused messages. */
export const shelfActs: Acts<'refused' | 'replay'> = { refused, replay }
