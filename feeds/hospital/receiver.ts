import { pino } from 'pino'
import { acknowledgementOf, type Answer } from '../hl7/acknowledgement.ts'
import { findHeader } from '../hl7/message-header.ts'
import { allowList, loopback } from '../mllp/allow-list.ts'
import { listen } from '../mllp/listener.ts'

/** A message that the portal sent. */
export interface PortalMessage {
  text: string
  /** Such as `S13`. */
  event: string
  controlId: string
  /** Whether it came before and was taken then: it is acknowledged, and changes nothing. */
  isRepeat: boolean
}

interface ReceiverSettings {
  host: string
  port: number
  now: () => Date
  tls?: { key: string; cert: string; ca?: string }
  /** What a message is answered; undefined for silence. Not asked about a repeat of what was taken. */
  answer: (message: PortalMessage) => Answer | undefined | Promise<Answer | undefined>
  /** Called after the answer was given. */
  answered?: (message: PortalMessage, answer: Answer | undefined) => void
}

/** The hospital's end of the line: takes what the portal sends, each message once. */
export interface Receiver {
  port: number
  stop: () => Promise<void>
}

/** Opens the hospital's end of the line. */
export async function openReceiver({ answer, answered, now, ...where }: ReceiverSettings): Promise<Receiver> {
  const taken = new Set<string>()
  const stopping = Promise.withResolvers<never>()
  stopping.promise.catch(() => undefined)
  const take = async (text: string): Promise<string> => {
    const header = findHeader(text)
    const { event, controlId } = header
    const message = { text, event, controlId, isRepeat: taken.has(controlId) }
    const given = message.isRepeat ? ({ code: 'AA' } as const) : await answer(message)
    if (given?.code === 'AA') taken.add(controlId)
    answered?.(message, given)
    // Silence lasts until the sender loses patience, or this end is closed.
    return given ? acknowledgementOf(header, given, now()) : stopping.promise
  }
  const listener = await listen({
    ...where,
    allows: allowList(loopback),
    maximumBytes: 1_000_000,
    messageSeconds: 30,
    idleSeconds: 3_600,
    maximumConnections: 64,
    log: pino({ level: 'silent' }),
    take: ({ bytes }) => take(bytes.toString('utf8')),
  })
  return {
    port: listener.port,
    stop: () => {
      stopping.reject(new Error('closed in silence'))
      return listener.stop()
    },
  }
}
