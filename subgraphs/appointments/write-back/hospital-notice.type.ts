import { Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { appointmentById, AppointmentType } from '../appointment.type.ts'
import { HospitalNotice } from './hospital-notice.entity.ts'
import { HospitalNoticeKind, HospitalNoticeStatus } from './hospital-notice-status.ts'

const shown = { roles: [Role.STAFF, Role.SYSTEM], relation: Relation.SELF }

@Directive('@key(fields: "id")')
@ObjectType('HospitalNotice', {
  description:
    "What happened here and the hospital's system is told of, over HL7: in order for each appointment, until it is acknowledged.",
})
export class HospitalNoticeType {
  @Auth(shown)
  @Field(() => ID, { description: "The portal's own id." })
  id!: string

  @Auth(shown)
  @Field(() => String, { description: 'MSH-10 of its message, the same at every try: at most 20 characters.' })
  controlId!: string

  @Auth(shown)
  @Field(() => HospitalNoticeKind, { description: 'What the hospital is told.' })
  kind!: HospitalNoticeKind

  @Auth(shown)
  @Field(() => HospitalNoticeStatus, { description: 'What has become of it.' })
  status!: HospitalNoticeStatus

  @Auth(shown)
  @Field(() => DateTime, { description: 'When it happened here.' })
  occurredAt!: Date

  @Auth(shown)
  @Field(() => String, { description: "The hospital's own identifier of the appointment." })
  hospitalId!: string

  @Auth(shown)
  @Field(() => DateTime, { description: 'When the appointment started, as it was then and not now.' })
  startsAt!: Date

  @Auth(shown)
  @Field(() => DateTime, { description: 'When it ended, as it was then and not now.' })
  endsAt!: Date

  @Auth(shown)
  @Field(() => String, { nullable: true, description: 'Who was to see the patient then.' })
  clinician!: string | null

  @Auth(shown)
  @Field(() => DateTime, { nullable: true, description: 'Of a move: the time before it.' })
  previousStartsAt!: Date | null

  @Auth(shown)
  @Field(() => String, {
    nullable: true,
    description: "Of a move: the hospital's own id of the slot moved to. Null when it had published none.",
  })
  slotHospitalId!: string | null

  @Auth(shown)
  @Field(() => String, { nullable: true, description: "Why, in words: of the reason the patient chose, or staff's." })
  reason!: string | null

  @Auth(shown)
  @Field(() => String, { nullable: true, description: "The request's reference, when it is about a request." })
  requestReference!: string | null

  @Auth(shown)
  @Field(() => Int, { description: 'How often it was taken to be sent.' })
  attempts!: number

  @Auth(shown)
  @Field(() => String, { nullable: true, description: "What the hospital's system said when it refused it." })
  refusal!: string | null
}

/** What a notice says by its appointment. */
@Resolver(() => HospitalNoticeType)
export class HospitalNoticeFields {
  @Auth(shown)
  @FieldResolver(() => AppointmentType, { description: 'The appointment it is about, as it is now.' })
  appointment(@Root() { appointmentId }: HospitalNotice, @Ctx() context: Context) {
    return appointmentById(context, appointmentId)
  }
}

export const hospitalNoticeById = batched(async ({ em }, ids) => {
  const notices = await em.find(HospitalNotice, { id: { $in: [...ids] } })
  return new Map(notices.map((notice) => [notice.id, notice]))
})
