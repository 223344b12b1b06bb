import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { PatientType } from './patient.type.ts'
import { Session } from './session.entity.ts'

const mine = { roles: [Role.PATIENT], relation: Relation.SELF }
/** Who has just logged in is not known to the request that logs them in. */
const mineOrNew = { roles: [Role.ANONYMOUS, Role.PATIENT] }

@ObjectType('Session', { description: 'One log in on one device.' })
export class SessionType {
  @Auth(mineOrNew)
  @Field(() => ID, { description: 'Names the session. Not its token.' })
  id!: string

  @Auth(mineOrNew)
  @Field(() => DateTime, { description: 'When the person logged in.' })
  startedAt!: Date

  @Auth(mineOrNew)
  @Field(() => DateTime, { description: 'When it was last used.' })
  lastSeenAt!: Date

  @Auth(mineOrNew)
  @Field(() => DateTime, {
    description:
      'When it ends if it is not used: 10 minutes after the last use, at the latest 12 hours after the log in.',
  })
  expiresAt!: Date

  @Auth(mineOrNew)
  @Field(() => String, { description: 'What kind of device it is, in words: "Firefox on Windows".' })
  device!: string
}

@Resolver(() => SessionType)
export class SessionFields {
  @Auth(mine)
  @FieldResolver(() => Boolean, { description: 'True for the session that asks.' })
  current(@Root() session: Session, @Ctx() { viewer }: Context): boolean {
    return session.id === viewer.sessionId
  }
}

@Resolver(() => PatientType)
export class PatientSessions {
  @Auth(mine)
  @FieldResolver(() => [SessionType], { description: 'The log ins that are not over, newest first.' })
  async sessions(@Ctx() { em, clock, viewer }: Context): Promise<Session[]> {
    // Said here as well as in the policy: a session's own fields are also for somebody who has only just logged in.
    const own = { patientId: { $in: viewer.patientIds } }
    return em.find(Session, { ...own, ...Session.live(clock.now()) }, { orderBy: { startedAt: 'desc' } })
  }
}
