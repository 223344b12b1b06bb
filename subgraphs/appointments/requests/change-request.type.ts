import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime, LocalDate } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { Appointment } from '../appointment.entity.ts'
import { appointmentById, AppointmentType } from '../appointment.type.ts'
import { ChangeRequestClaimType } from './change-request-claim.type.ts'
import { ChangeRequest, ChangeRequestStep } from './change-request.entity.ts'
import { ChangeRequestStepType } from './change-request-step.type.ts'
import { ChangeRequestKind, ChangeRequestStatus, TimeOfDay, Weekday } from './change-request-status.ts'

const own = { roles: [Role.PATIENT, Role.STAFF, Role.SYSTEM], relation: Relation.SELF }

@Directive('@key(fields: "id")')
@ObjectType('ChangeRequest', {
  description:
    'What a patient asks staff for: another time, or to cancel. The appointment keeps its time until they agree.',
})
export class ChangeRequestType {
  @Auth(own)
  @Field(() => ID, { description: "The portal's own id." })
  id!: string

  @Auth(own)
  @Field(() => String, {
    description: '8 characters to say on the phone: letters and digits that are not mistaken for each other.',
  })
  reference!: string

  @Auth(own)
  @Field(() => ChangeRequestKind, { description: 'What is asked for.' })
  kind!: ChangeRequestKind

  @Auth(own)
  @Field(() => ChangeRequestStatus, { description: 'What has become of it.' })
  status!: ChangeRequestStatus

  @Auth(own)
  @Field(() => String, { description: 'Why, in words: of the reason the patient chose.' })
  reason!: string

  @Auth(own)
  @Field(() => String, { nullable: true, description: 'What the patient added, in their own words.' })
  detail!: string | null

  @Auth(own)
  @Field(() => [Weekday], { description: 'Days that suit; none: any.' })
  preferredDays!: Weekday[]

  @Auth(own)
  @Field(() => [TimeOfDay], { description: 'Times that suit; none: any.' })
  preferredTimes!: TimeOfDay[]

  @Auth(own)
  @Field(() => String, { nullable: true, description: "Dates that do not suit, in the patient's own words." })
  unavailable!: string | null

  @Auth(own)
  @Field(() => DateTime, { description: 'When the patient asked.' })
  requestedAt!: Date

  @Auth(own)
  @Field(() => LocalDate, { description: 'The London day by which staff answer: so many working days after.' })
  answerBy!: string

  @Auth(own)
  @Field(() => DateTime, { nullable: true, description: 'When staff answered; null unless they did.' })
  answeredAt!: Date | null

  @Auth(own)
  @Field(() => String, { nullable: true, description: 'What staff wrote to the patient with their answer.' })
  answer!: string | null
}

/** What a request says by its steps, its appointment, and whoever asks. */
@Resolver(() => ChangeRequestType)
export class ChangeRequestFields {
  @Auth(own)
  @FieldResolver(() => [ChangeRequestStepType], { description: 'Each step, oldest first.' })
  async history(@Root() { id }: ChangeRequest, @Ctx() context: Context) {
    return (await stepsOfRequest(context, id)) ?? []
  }

  @Auth(own)
  @FieldResolver(() => AppointmentType, { description: 'The appointment it is about.' })
  appointment(@Root() { appointmentId }: ChangeRequest, @Ctx() context: Context) {
    return appointmentById(context, appointmentId)
  }

  @Auth({ roles: [Role.STAFF], relation: Relation.SELF })
  @FieldResolver(() => ChangeRequestClaimType, {
    nullable: true,
    description: 'Who of the staff works on it. Null while nobody does.',
  })
  claim(@Root() request: ChangeRequest, @Ctx() { viewer, clock }: Context) {
    const claim = request.claimAt(clock.now())
    return claim && { ...claim, mine: claim.staffId === viewer.actorId, ownerId: request.ownerId }
  }
}

const stepsOfRequest = batched(async ({ em }, requestIds) => {
  const where = { requestId: { $in: [...requestIds] } }
  const steps = await em.find(ChangeRequestStep, where, { orderBy: { requestId: 'asc', sequence: 'asc' } })
  return Map.groupBy(steps, (step) => step.requestId)
})

/** The requests that the viewer may see: those of appointments that they may see. */
export const changeRequestById = batched(async ({ em }, ids) => {
  const requests = await em.find(ChangeRequest, { id: { $in: [...ids] } })
  const shown = await em.find(Appointment, { id: { $in: requests.map((it) => it.appointmentId) } })
  const shownIds = new Set(shown.map((it) => it.id))
  return new Map(requests.filter((it) => shownIds.has(it.appointmentId)).map((request) => [request.id, request]))
})
