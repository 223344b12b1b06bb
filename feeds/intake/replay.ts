import { randomUUID } from 'node:crypto'
import {
  AnswerHospitalMessageDocument,
  RefusedHospitalMessagesDocument,
  type GraphClient,
  type RefusedHospitalMessagesQuery,
} from '../../client/main.ts'
import type { Answer } from '../hl7/acknowledgement.ts'
import type { Intake } from './intake.ts'
import { isIncomplete, keptText } from './kept-text.ts'
import { perform } from './perform.ts'

/** A message that was refused and is kept, with its text and the reason. */
export type RefusedMessage = RefusedHospitalMessagesQuery['refusedHospitalMessages']['nodes'][number]

/** How a refused message fared when it was taken again. */
export interface Replayed {
  message: RefusedMessage
  answer: Answer
}

/** Every refused message that is still refused, the oldest first. */
export async function listRefused(graph: GraphClient): Promise<RefusedMessage[]> {
  const found: RefusedMessage[] = []
  let after: string | null | undefined
  do {
    const { refusedHospitalMessages: page } = await graph.read(RefusedHospitalMessagesDocument, { first: 50, after })
    found.push(...page.nodes)
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined
  } while (after)
  return found
    .filter(({ acknowledgement }) => acknowledgement !== 'AA')
    .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
}

/** Takes a refused message again, as if it came now; the order of events stays the one the message tells. */
export async function replay(intake: Intake, message: RefusedMessage): Promise<Replayed> {
  const requestId = randomUUID()
  // New keys: under the old ones the graph would only repeat the refusal.
  const keyFor = (step: string) => `replay-${requestId}-${step}`
  const text = message.text ?? ''
  const signal = AbortSignal.timeout(intake.messageTimeout)
  const answer = isIncomplete(text) ? notWhole : await perform(intake, { text, keyFor, signal, requestId })
  if (answer.code !== 'AR') {
    const input = {
      idempotencyKey: randomUUID(),
      id: message.id,
      acknowledgement: answer.code,
      ...(answer.reason !== undefined && { reason: answer.reason }),
      ...(answer.code === 'AE' && { text: isIncomplete(text) ? text : keptText(text) }),
    }
    await intake.graph.write(AnswerHospitalMessageDocument, { input }, { requestId })
  }
  return { message, answer }
}

/** The sender has all of it; under the same control id it would only hear the old answer. */
const notWhole: Answer = {
  code: 'AE',
  reason:
    'MSH: this message was too long to be kept whole, and cannot be taken again from here. ' +
    'Ask its sender to send it again, under a new control id (MSH-10).',
}
