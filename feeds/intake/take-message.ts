import { createHash, randomUUID } from 'node:crypto'
import {
  AnswerHospitalMessageDocument,
  ReceiveHospitalMessageDocument,
  type ReceiveHospitalMessageMutation,
} from '../../client/main.ts'
import { acknowledgementOf, type Answer } from '../hl7/acknowledgement.ts'
import { readTimestamp } from '../hl7/timestamp.ts'
import type { Block } from '../mllp/framing.ts'
import { arrivalOf, type Arrival } from './arrival.ts'
import type { Intake } from './intake.ts'
import { keptText } from './kept-text.ts'
import { answerTo, perform } from './perform.ts'

/** Takes one message of the hospital and answers its acknowledgement. Never throws: every message has an answer. */
export async function takeMessage(intake: Intake, block: Block): Promise<string> {
  const started = performance.now()
  const requestId = randomUUID()
  const arrival = arrivalOf(block)
  const signal = AbortSignal.timeout(intake.messageTimeout)
  const settled = block.kind === 'UNFINISHED' ? brokenOff : settle(intake, arrival, { requestId, signal })
  const answer = await settled.catch((error: unknown) => answerTo(error, intake, requestId))
  intake.log.info(
    {
      requestId,
      message: arrival.digest.slice(0, 16),
      trigger: /^[A-Z]{3}\^[A-Z]\d\d$/.test(arrival.type) ? arrival.type : 'unknown',
      answer: answer.code,
      places: placesOf(answer),
      bytes: block.size,
      ms: Math.round(performance.now() - started),
    },
    'answered a message of the hospital',
  )
  return acknowledgementOf(arrival.header, answer, intake.now())
}

/** Not remembered: the whole message will come under the same control id. */
const brokenOff = Promise.resolve<Answer>({
  code: 'AR',
  reason: 'MSH: the message was broken off before the end of its block (0x1C 0x0D). Send it again, whole.',
})

interface Handling {
  requestId: string
  signal: AbortSignal
}

/** Remembers the message, does it once, keeps the answer; a repeat hears the answer of the first. */
async function settle(intake: Intake, arrival: Arrival, handling: Handling): Promise<Answer> {
  const outcome = await receive(intake, arrival, arrival.controlId, handling)
  if (outcome.__typename === 'HospitalMessageDiffers') return refuseOtherContent(intake, arrival, handling)
  const before = answerBefore(outcome)
  if (before) return before
  const answer = await answerOf(intake, arrival, handling)
  return keepAnswer(intake, arrival, outcome.received.id, answer, handling)
}

type Received = ReceiveHospitalMessageMutation['receiveHospitalMessage']

async function receive(intake: Intake, arrival: Arrival, controlId: string, handling: Handling): Promise<Received> {
  const { sender, type, digest, header } = arrival
  const sentAt = readTimestamp(header.sentAt)?.instant.toISOString()
  // A key of its own for each arrival: a repeat of the message must be asked about anew.
  const input = { idempotencyKey: randomUUID(), sender, controlId, type, digest, ...(sentAt && { eventAt: sentAt }) }
  const { receiveHospitalMessage } = await intake.graph.write(ReceiveHospitalMessageDocument, { input }, handling)
  return receiveHospitalMessage
}

/** What was answered before, unless it was "try again": this is that try. */
function answerBefore(outcome: Exclude<Received, { __typename: 'HospitalMessageDiffers' }>): Answer | undefined {
  if (outcome.__typename !== 'HospitalMessageKnown') return undefined
  const { acknowledgement: code, reason } = outcome.received
  return code === 'AA' || code === 'AE' ? { code, reason: reason ?? undefined } : undefined
}

async function answerOf(intake: Intake, arrival: Arrival, handling: Handling): Promise<Answer> {
  if (arrival.refused) return answerTo(arrival.refused, intake, handling.requestId)
  const { text, decode, sender, controlId, digest } = arrival
  const identity = createHash('sha256').update([sender, controlId, digest].join('\n')).digest('base64url')
  const keyFor = (step: string) => `hl7-${identity}-${step}`
  return perform(intake, { text, ...(decode && { decode }), keyFor, ...handling })
}

/** Kept under a number made of its content, so that the message it collides with stays as it is. */
async function refuseOtherContent(intake: Intake, arrival: Arrival, handling: Handling): Promise<Answer> {
  const outcome = await receive(intake, arrival, `${arrival.controlId}~${arrival.digest.slice(0, 16)}`, handling)
  const reason = 'MSH-10: this control id came before with other content. Give each message a control id of its own.'
  if (outcome.__typename === 'HospitalMessageDiffers') return { code: 'AE', reason }
  return answerBefore(outcome) ?? keepAnswer(intake, arrival, outcome.received.id, { code: 'AE', reason }, handling)
}

/** A refused message is kept with its text before its sender hears so; when it cannot be kept, the sender is to try again. */
async function keepAnswer(
  intake: Intake,
  arrival: Arrival,
  id: string,
  answer: Answer,
  { requestId }: Handling,
): Promise<Answer> {
  const { code, reason } = answer
  const input = {
    idempotencyKey: randomUUID(),
    id,
    acknowledgement: code,
    ...(reason !== undefined && { reason }),
    ...(code !== 'AA' && { text: keptText(arrival.text) }),
  }
  try {
    // Not bound to the time of the message itself: what was done should be remembered. "Try again" need not be.
    const signal = AbortSignal.timeout(code === 'AR' ? 2_000 : intake.messageTimeout)
    await intake.graph.write(AnswerHospitalMessageDocument, { input }, { requestId, signal })
    return answer
  } catch (error) {
    const failed = answerTo(error, intake, requestId)
    // Done and not remembered is still done: a repeat carries the same keys, and does nothing twice.
    return code === 'AE' ? { ...failed, code: 'AR' } : answer
  }
}

const placesOf = ({ reason }: Answer): string[] => reason?.match(/^[A-Z][A-Z0-9]{2}(?:-\d+(?:\.\d+)?)?(?=: )/gm) ?? []
