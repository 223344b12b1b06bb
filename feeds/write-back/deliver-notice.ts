import { randomUUID } from 'node:crypto'
import {
  AnswerHospitalNoticeDocument,
  ClaimHospitalNoticeDocument,
  type Acknowledgement,
  type GraphClient,
} from '../../client/main.ts'
import { Hl7NotAnswered, sendHl7, type Hl7Address } from '../mllp-client.ts'
import { messageOf, NoticeNotWritable, type Correspondence, type Notice } from './notice-message.ts'

/** What telling the hospital needs. */
export interface Delivery {
  graph: GraphClient
  hospital: Hl7Address
  /** How long its system may take to answer. */
  answerMs: number
}

/** How a notice fared. */
export interface Delivered {
  kind: Notice['kind']
  acknowledgement: Acknowledgement
  /** What of it no message can say, when that is why it was not sent. */
  notWritable?: string
}

/** What breaks it off. */
export interface Ends {
  /** Claiming the notice, and waiting for the hospital. */
  telling: AbortSignal
  /** Keeping what the hospital has answered, which should be remembered if it can be. */
  keeping: AbortSignal
}

/**
 * Takes a notice, sends its message, keeps the answer. When this is broken off in between, nothing is lost: the notice is free
 * again a minute later and is sent once more, under the same control id. Undefined when somebody else has it.
 */
export async function deliverNotice(
  { graph, hospital, answerMs }: Delivery,
  noticeId: string,
  correspondence: Correspondence,
  { telling, keeping }: Ends,
): Promise<Delivered | undefined> {
  const requestId = randomUUID()
  const claim = { idempotencyKey: randomUUID(), noticeId }
  const { claimHospitalNotice: claimed } = await graph.write(
    ClaimHospitalNoticeDocument,
    { input: claim },
    { requestId, signal: telling },
  )
  if (claimed.__typename === 'HospitalNoticeNotDue') return undefined
  const { notice } = claimed
  const message = written(notice, correspondence)
  const notWritable = typeof message === 'string' ? undefined : message.where
  const answer =
    typeof message === 'string'
      ? await tell(hospital, message, notice.controlId, answerMs, telling)
      : tryAgain(`Not sent: ${message.where} of the message cannot be written. The portal’s team must mend it.`)
  const input = { idempotencyKey: randomUUID(), noticeId, ...answer }
  await graph.write(AnswerHospitalNoticeDocument, { input }, { requestId, signal: keeping })
  const { acknowledgement } = answer
  return { kind: notice.kind, acknowledgement, ...(notWritable !== undefined && { notWritable }) }
}

function written(notice: Notice, correspondence: Correspondence): string | NoticeNotWritable {
  try {
    return messageOf(notice, correspondence)
  } catch (error) {
    return error instanceof NoticeNotWritable ? error : new NoticeNotWritable('a field')
  }
}

interface Answer {
  acknowledgement: Acknowledgement
  reason?: string
}

const longestReason = 500
const tryAgain = (reason: string): Answer => ({ acknowledgement: 'AR', reason })

/** What the hospital's system says; an answer that cannot be understood is as good as none. */
async function tell(
  hospital: Hl7Address,
  message: string,
  controlId: string,
  answerMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const ack = await sendHl7(hospital, message, answerMs, signal)
    if (ack.controlId !== controlId) return tryAgain('The answer of the hospital’s system was to another message.')
    const reason = ack.lines.join('\n').slice(0, longestReason)
    if (ack.code === 'AE') return { acknowledgement: 'AE', reason: reason || 'No reason was given.' }
    return { acknowledgement: ack.code, ...(reason !== '' && { reason }) }
  } catch (error) {
    if (!(error instanceof Hl7NotAnswered) || signal.aborted) throw error
    return tryAgain(
      `The hospital’s system was not reached, or did not answer: ${error.message}.`.slice(0, longestReason),
    )
  }
}
