import { HospitalMessagesToReplayDocument } from '../../client/main.ts'
import { Rounds } from '../rounds.ts'
import type { Intake } from './intake.ts'
import { replay } from './replay.ts'

/** A message that could not be taken now is not tried again in every round. */
const pauseMs = 30_000

/** Takes again what staff asked for at their desk, as long as it runs. */
export function startReplays(intake: Intake, everyMs: number): Rounds {
  const notBefore = new Map<string, number>()
  const round = async (signal: AbortSignal) => {
    const { hospitalMessagesToReplay: asked } = await intake.graph.read(
      HospitalMessagesToReplayDocument,
      {},
      { signal },
    )
    for (const message of asked) {
      if (signal.aborted) return
      if (performance.now() < (notBefore.get(message.id) ?? 0)) continue
      const { answer } = await replay(intake, message)
      intake.log.info({ received: message.id, answer: answer.code }, 'took a message of the hospital again')
      if (answer.code === 'AR') notBefore.set(message.id, performance.now() + pauseMs)
      else notBefore.delete(message.id)
    }
  }
  return new Rounds({ everyMs, log: intake.log, name: 'ask which messages to take again', round })
}
