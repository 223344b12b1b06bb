import type { Logger } from 'pino'
import type { GraphClient } from '../../client/main.ts'
import type { MessageHeader } from '../hl7/message-header.ts'
import type { Hl7Message } from '../hl7/message.ts'

/** What taking messages needs: the graph to put them in, the time, and a few rules. */
export interface Intake {
  graph: GraphClient
  now: () => Date
  log: Logger
  /** Which of P (production), T (training) and D (debugging) are taken, by MSH-11. */
  processingIds: readonly string[]
  /** Milliseconds one message may take, its retries included, before its sender is told to try again. */
  messageTimeout: number
}

/** One message on its way into the graph. */
export interface Errand {
  intake: Intake
  header: MessageHeader
  message: Hl7Message
  /** The idempotency key of one step: the same for a repeat of the message, so that no step is done twice. */
  keyFor: (step: string) => string
  signal: AbortSignal
  requestId: string
}

/** Puts a message into the graph. Answers what its sender should know although it was taken, in lines; throws when it was not. */
export type Reaction = (errand: Errand) => Promise<string[]>
