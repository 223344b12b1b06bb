import { GraphError, NotUnderstood } from '../../client/main.ts'
import type { Answer } from '../hl7/acknowledgement.ts'
import { decodeAnyhow } from '../hl7/character-set.ts'
import { MessageRefused, reasonOf } from '../hl7/fault.ts'
import { parseMessage } from '../hl7/message.ts'
import { findHeader } from '../hl7/message-header.ts'
import type { Errand, Intake } from './intake.ts'
import { reactionTo } from './triggers.ts'

interface Task extends Pick<Errand, 'keyFor' | 'signal' | 'requestId'> {
  text: string
  decode?: (bytes: Uint8Array) => string
}

/** Does what a message asks, and answers how it went. */
export async function perform(intake: Intake, { text, decode = decodeAnyhow, ...task }: Task): Promise<Answer> {
  try {
    const message = parseMessage(text, decode)
    const react = reactionTo(message, intake)
    const notes = await react({ intake, header: findHeader(text), message, ...task })
    return { code: 'AA', ...(notes.length > 0 && { reason: notes.join('\n') }) }
  } catch (error) {
    return answerTo(error, intake, task.requestId)
  }
}

/** What can never work is AE; what another try may mend is AR. The message is innocent of what we did not expect. */
export function answerTo(error: unknown, { log }: Intake, requestId: string): Answer {
  if (error instanceof MessageRefused) return { code: 'AE', reason: reasonOf(error.faults) }
  if (error instanceof NotUnderstood) {
    log.error({ requestId, code: error.code }, 'the graph did not understand a message of the hospital')
    return {
      code: 'AE',
      reason: `the portal cannot store a value of this message. Ask its team, with the number ${requestId}.`,
    }
  }
  const code = error instanceof GraphError ? error.code : 'INTERNAL'
  const errorId = error instanceof GraphError ? error.errorId : undefined
  log.error(
    { requestId, code, errorId, fault: error instanceof Error ? error.name : undefined },
    'a message must be sent again',
  )
  return { code: 'AR', reason: `the portal could not take the message now. Send it again. Its number is ${requestId}.` }
}
