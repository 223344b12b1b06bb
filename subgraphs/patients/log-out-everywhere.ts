import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { LoggedOut } from './log-out.ts'
import { Session } from './session.entity.ts'

@InputType({ description: 'A request to log out everywhere.' })
export class LogOutEverywhereInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string
}

const LogOutEverywhereResult = outcomes('LogOutEverywhereResult', 'What came of logging out everywhere.', [LoggedOut])

/** Ends every session of this person, the one that asks included. */
export async function logOutEverywhere({ em, clock }: Context, _input: LogOutEverywhereInput): Promise<LoggedOut> {
  const now = clock.now()
  const sessions = await em.find(Session, Session.live(now))
  for (const session of sessions) session.end(now)
  return new LoggedOut(sessions.length)
}

@Resolver()
export class LogOutEverywhere {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => LogOutEverywhereResult, { description: 'Logs out of every session, this one included.' })
  logOutEverywhere(@Arg('input', () => LogOutEverywhereInput) input: LogOutEverywhereInput, @Ctx() context: Context) {
    return idempotent(context, input, logOutEverywhere)
  }
}
