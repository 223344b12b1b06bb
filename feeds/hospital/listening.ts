import type { Answer } from '../hl7/acknowledgement.ts'
import { Hl7NotAnswered, sendHl7 } from '../mllp-client.ts'
import { echoOf } from './echo.ts'
import type { Hospital } from './hospital.ts'
import { answerOf, type Manner } from './manner.ts'
import { readableMessage } from './readable.ts'
import { openReceiver, type PortalMessage } from './receiver.ts'

/** Plays the other side: shows each message of the portal as it comes and answers it, until it is stopped. */
export async function listenTo(hospital: Hospital, manner: Manner, port = hospital.listeningPort): Promise<number> {
  const { print, now, facility } = hospital
  let echoes = Promise.resolve()
  const answered = (message: PortalMessage, answer: Answer | undefined) => {
    print(`\n${message.isRepeat ? 'Again: ' : ''}${meaningOf(message.event)}\n${readableMessage(message.text)}`)
    print(answer ? `Answered ${answer.code}${answer.reason ? `: ${answer.reason}` : ''}\n` : 'Answered nothing\n')
    if (!manner.echo || message.isRepeat || answer?.code !== 'AA') return
    const echo = echoOf(message.text, { at: now(), facility })
    if (echo !== undefined) echoes = echoes.then(() => sendBack(hospital, echo))
  }
  const receiver = await openReceiver({
    host: '127.0.0.1',
    port,
    now,
    answer: ({ event }) => answerOf(manner, event),
    answered,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${port} is in use. Stop what listens there, or choose another with --port.`)
  })
  print(`The hospital listens on port ${receiver.port}. Press Ctrl-C to stop.\n`)
  await hospital.untilStopped()
  await receiver.stop()
  await echoes
  return 0
}

async function sendBack({ portal, print }: Hospital, echo: string): Promise<void> {
  try {
    const { code } = await sendHl7(portal, echo)
    print(`Sent back, as the hospital tells everybody; the portal answered ${code}\n${readableMessage(echo)}`)
  } catch (error) {
    if (!(error instanceof Hl7NotAnswered)) throw error
    print(`Could not be sent back: ${error.message}\n`)
  }
}

const meanings: Record<string, string> = {
  S13: 'SIU S13: an appointment was moved in the portal',
  S15: 'SIU S15: an appointment was cancelled in the portal',
  S02: 'SRM S02: a patient asks for another time',
  S03: 'SRM S03: a patient takes a request back',
  S04: 'SRM S04: a patient asks to cancel',
}
const meaningOf = (event: string) => (Object.hasOwn(meanings, event) ? meanings[event] : `A message ${event}`)
