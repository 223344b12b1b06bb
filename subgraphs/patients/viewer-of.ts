import { Arg, Ctx, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'
import type { PatientsContext } from './keys.ts'
import { formerIds } from './merge/records-of-person.ts'
import { partnerBehind } from './partners/partner-behind.ts'
import { Patient } from './patient.entity.ts'
import { Session } from './session.entity.ts'
import { StaffMember } from './staff/staff-member.entity.ts'
import { StaffSession } from './staff/staff-session.entity.ts'

const gateway = { roles: [Role.GATEWAY] }

@Directive('@inaccessible')
@ObjectType('Viewer', { description: 'Whom a session or token stands for. For the gateway alone.' })
export class ViewerType {
  @Auth(gateway)
  @Field(() => String, { description: 'The role: PATIENT, STAFF or PARTNER.' })
  role!: string

  @Auth(gateway)
  @Field(() => ID, { description: 'Who acts: the scope of idempotency keys, and the actor in the audit.' })
  actorId!: string

  @Auth(gateway)
  @Field(() => String, {
    nullable: true,
    description: 'Of staff the name their colleagues know them by; of a partner the name of its system.',
  })
  name?: string

  @Auth(gateway)
  @Field(() => [ID], { description: "Every id a patient's record has had, the current one first. None of others." })
  patientIds!: string[]

  @Auth(gateway)
  @Field(() => ID, { nullable: true, description: 'The session. Partners have none.' })
  sessionId!: string | null

  @Auth(gateway)
  @Field(() => [String], {
    description:
      'Of staff the clinics they work for: `clinics:*`, or `clinic:<code>` for each; and `results` if they release them. Of a partner what its token is for. Patients have none.',
  })
  scopes!: string[]

  @Auth(gateway)
  @Field(() => ID, { nullable: true, description: 'Of a partner: the ODS code of its organisation.' })
  organisationCode?: string

  @Auth(gateway)
  @Field(() => String, { nullable: true, description: 'Of a partner: the name of its organisation.' })
  organisationName?: string

  @Auth(gateway)
  @Field(() => [ID], {
    nullable: true,
    description: 'Of a partner: SHA-256 (hex) of the operations it may send. Null: any.',
  })
  operationHashes?: string[] | null

  @Auth(gateway)
  @Field(() => Int, {
    nullable: true,
    description: 'Of a partner that asks too fast: how many seconds it must wait. Null: it may ask now.',
  })
  retryAfterSeconds?: number | null
}

/** Whoever is behind a live session or token, and a note that it is in use. Null when it is over, whatever the reason. */
export async function viewerOf(context: PatientsContext, tokenHash: string): Promise<ViewerType | null> {
  const viewer =
    (await patientBehind(context, tokenHash)) ??
    (await staffBehind(context, tokenHash)) ??
    (await partnerBehind(context, tokenHash))
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
    description: 'Whom the token of a session or a partner stands for, by its hash. Null when it is over.',
  })
  viewerOf(
    @Arg('tokenHash', () => ID, { description: 'SHA-256 of the token, base64url.' }) tokenHash: string,
    @Ctx() context: PatientsContext,
  ) {
    return viewerOf(context, tokenHash)
  }
}
