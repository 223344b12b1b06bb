import { Arg, Ctx, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'
import type { PatientsContext } from './keys.ts'
import { formerIds } from './merge/records-of-person.ts'
import { Patient } from './patient.entity.ts'
import { Session } from './session.entity.ts'
import { StaffMember } from './staff/staff-member.entity.ts'
import { StaffSession } from './staff/staff-session.entity.ts'

const gateway = { roles: [Role.GATEWAY] }

@Directive('@inaccessible')
@ObjectType('Viewer', { description: 'Whom a session stands for. For the gateway alone.' })
export class ViewerType {
  @Auth(gateway)
  @Field(() => String, { description: 'The role: PATIENT or STAFF.' })
  role!: string

  @Auth(gateway)
  @Field(() => ID, { description: 'Who acts: the scope of idempotency keys, and the actor in the audit.' })
  actorId!: string

  @Auth(gateway)
  @Field(() => String, { nullable: true, description: 'Of staff: the name their colleagues know them by.' })
  name?: string

  @Auth(gateway)
  @Field(() => [ID], { description: "Every id a patient's record has had, the current one first. None of staff." })
  patientIds!: string[]

  @Auth(gateway)
  @Field(() => ID, { nullable: true, description: 'The session.' })
  sessionId!: string | null

  @Auth(gateway)
  @Field(() => [String], {
    description:
      'Of staff the clinics they work for: `clinics:*`, or `clinic:<code>` for each; and `results` if they release them. Patients have none.',
  })
  scopes!: string[]
}

/** Whoever is behind a live session, and a note that the session is in use. Null when it is over, whatever the reason. */
export async function viewerOf(context: PatientsContext, tokenHash: string): Promise<ViewerType | null> {
  const viewer = (await patientBehind(context, tokenHash)) ?? (await staffBehind(context, tokenHash))
  await context.em.flush()
  return viewer
}

async function patientBehind(context: PatientsContext, tokenHash: string): Promise<ViewerType | undefined> {
  const { em, clock } = context
  const session = await em.findOne(Session, { tokenHash })
  if (!session?.isLive(clock.now())) return undefined
  const patient = await em.findOne(Patient, session.patientId)
  if (!patient?.mayUsePortal(context)) return undefined
  session.touch(clock.now())
  const { id } = patient
  const former = (await formerIds(context, id)) ?? []
  return {
    role: Role.PATIENT,
    actorId: `patient:${id}`,
    patientIds: [id, ...former],
    sessionId: session.id,
    scopes: [],
  }
}

async function staffBehind({ em, clock }: PatientsContext, tokenHash: string): Promise<ViewerType | null> {
  const session = await em.findOne(StaffSession, { tokenHash })
  if (!session?.isLive(clock.now())) return null
  const member = await em.findOne(StaffMember, { id: session.staffMemberId, disabledAt: null })
  if (!member) return null
  session.touch(clock.now())
  const { actorId, name, scopes } = member
  return { role: Role.STAFF, actorId, name, patientIds: [], sessionId: session.id, scopes }
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
