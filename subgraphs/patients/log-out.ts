import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Role } from '../runtime/viewer.ts'
import { Session } from './session.entity.ts'
import { StaffSession } from './staff/staff-session.entity.ts'

@InputType({ description: 'A request to log out.' })
export class LogOutInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string
}

@ObjectType({ description: 'Logged out. The tokens are refused from the next request on.' })
export class LoggedOut {
  @Auth({ roles: [Role.PATIENT, Role.STAFF] })
  @Field(() => Int, { description: 'How many sessions were ended.' })
  sessionsEnded: number

  constructor(sessionsEnded: number) {
    this.sessionsEnded = sessionsEnded
  }
}

const LogOutResult = outcomes('LogOutResult', 'What came of logging out.', [LoggedOut])

/** Ends the session that asks. */
export async function logOut({ em, clock, viewer }: Context, _input: LogOutInput): Promise<LoggedOut> {
  const id = viewer.sessionId ?? ''
  const session = await (viewer.role === Role.STAFF ? em.findOne(StaffSession, { id }) : em.findOne(Session, { id }))
  session?.end(clock.now())
  return new LoggedOut(session ? 1 : 0)
}

@Resolver()
export class LogOut {
  @Auth({ roles: [Role.PATIENT, Role.STAFF] })
  @Mutation(() => LogOutResult, { description: 'Logs out of this session: of a patient, or of staff.' })
  logOut(@Arg('input', () => LogOutInput) input: LogOutInput, @Ctx() context: Context) {
    return idempotent(context, input, logOut)
  }
}
