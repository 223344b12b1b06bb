import type { Context } from '../runtime/context.ts'
import { Session } from './session.entity.ts'

/** Ends every session of a record: whoever uses one is logged out at the next request. */
export async function endSessionsOf({ em, clock }: Context, patientId: string): Promise<void> {
  for (const session of await em.find(Session, { patientId, endedAt: null })) session.end(clock.now())
}
