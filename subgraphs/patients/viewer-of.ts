import { Arg, Ctx, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'
import type { PatientsContext } from './keys.ts'
import { Patient } from './patient.entity.ts'
import { Session } from './session.entity.ts'

const gateway = { roles: [Role.GATEWAY] }

@Directive('@inaccessible')
@ObjectType('Viewer', { description: 'Whom a session stands for. For the gateway alone.' })
export class ViewerType {
  @Auth(gateway)
  @Field(() => String, { description: 'The role: PATIENT.' })
  role!: string

  @Auth(gateway)
  @Field(() => ID, { description: 'Who acts: the scope of idempotency keys, and the actor in the audit.' })
  actorId!: string

  @Auth(gateway)
  @Field(() => [ID], { description: "Every id this person's record has had, the current one first." })
  patientIds!: string[]

  @Auth(gateway)
  @Field(() => ID, { nullable: true, description: 'The session.' })
  sessionId!: string | null

  @Auth(gateway)
  @Field(() => [String], { description: 'Scopes: patients have none.' })
  scopes!: string[]
}

/** The person behind a live session, and a note that the session is in use. Null when it is over, whatever the reason. */
export async function viewerOf(context: PatientsContext, tokenHash: string): Promise<ViewerType | null> {
  const { em, clock } = context
  const session = await em.findOne(Session, { tokenHash })
  const now = clock.now()
  if (!session?.isLive(now)) return null
  const patient = await em.findOne(Patient, session.patientId)
  if (!patient?.mayUsePortal(context)) return null
  session.touch(now)
  await em.flush()
  return {
    role: Role.PATIENT,
    actorId: `patient:${patient.id}`,
    patientIds: [patient.id],
    sessionId: session.id,
    scopes: [],
  }
}

@Resolver()
export class ViewerOf {
  @Auth(gateway)
  @Directive('@inaccessible')
  @Query(() => ViewerType, {
    nullable: true,
    description: 'Whom a session token stands for, by its hash. Null when the session is over.',
  })
  viewerOf(
    @Arg('tokenHash', () => ID, { description: 'SHA-256 of the token, base64url.' }) tokenHash: string,
    @Ctx() context: PatientsContext,
  ) {
    return viewerOf(context, tokenHash)
  }
}
