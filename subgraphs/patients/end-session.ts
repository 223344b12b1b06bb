import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { Session } from './session.entity.ts'

@InputType({ description: 'Which log in to end.' })
export class EndSessionInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The session, from the list of log ins.' })
  sessionId!: string
}

@ObjectType({ description: 'The session is over: its device is logged out at its next request.' })
export class SessionEnded {
  @Auth({ roles: [Role.PATIENT] })
  @Field(() => ID, { description: 'The session that was ended.' })
  sessionId: string

  constructor(sessionId: string) {
    this.sessionId = sessionId
  }
}

@ObjectType({ implements: Problem, description: 'There is no such session of yours.' })
export class SessionNotFound extends Problem {
  override message = 'This log in is not in your list. It may have ended already.'
}

const EndSessionResult = outcomes('EndSessionResult', 'What came of ending a session.', [SessionEnded, SessionNotFound])

/** Ends one of this person's sessions, such as one on a lost phone. Ending it twice is harmless. */
export async function endSession(
  { em, clock }: Context,
  { sessionId }: EndSessionInput,
): Promise<typeof EndSessionResult> {
  const session = await em.findOne(Session, sessionId)
  if (!session) return new SessionNotFound()
  session.end(clock.now())
  return new SessionEnded(session.id)
}

@Resolver()
export class EndSession {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => EndSessionResult, { description: 'Ends one of your sessions.' })
  endSession(@Arg('input', () => EndSessionInput) input: EndSessionInput, @Ctx() context: Context) {
    return idempotent(context, input, endSession)
  }
}
