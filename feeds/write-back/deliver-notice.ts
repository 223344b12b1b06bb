import { randomUUID } from 'node:crypto'
import {
  AnswerHospitalNoticeDocument,
  ClaimHospitalNoticeDocument,
  type Acknowledgement,
  type GraphClient,
} from '../../client/main.ts'
import { Hl7NotAnswered, sendHl7, type Hl7Address } from '../mllp-client.ts'
import { messageOf, type Correspondence, type Notice } from './notice-message.ts'

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
}

/**
 * Takes a notice, sends its message, keeps the answer. When this is broken off in between, nothing is lost: the notice is free
 * again a minute later and is sent once more, under the same control id. Undefined when somebody else has it.
 */
export async function deliverNotice(
  { graph, hospital, answerMs }: Delivery,
  noticeId: string,
  correspondence: Correspondence,
  signal: AbortSignal,
): Promise<Delivered | undefined> {
  const call = { requestId: randomUUID(), signal }
  const claim = { idempotencyKey: randomUUID(), noticeId }
  const { claimHospitalNotice: claimed } = await graph.write(ClaimHospitalNoticeDocument, { input: claim }, call)
  if (claimed.__typename === 'HospitalNoticeNotDue') return undefined
  const { notice } = claimed
  const message = messageOf(notice, correspondence)
  const answer = await tell(hospital, message, notice.controlId, answerMs, signal)
  const input = { idempotencyKey: randomUUID(), noticeId, ...answer }
  // Not bound to the signal: what the hospital has answered should be remembered.
  await graph.write(AnswerHospitalNoticeDocument, { input }, { requestId: call.requestId })
  return { kind: notice.kind, acknowledgement: answer.acknowledgement }
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
