import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'
import { appointmentById, AppointmentType } from '../appointment.type.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'

const desk = { roles: [Role.STAFF], relation: Relation.SELF }

@Directive('@key(fields: "id")')
@ObjectType('AppointmentConflict', {
  description:
    'What the hospital said of an appointment that does not fit what the portal knew. It was recorded all the same.',
})
export class AppointmentConflictType {
  @Auth(desk)
  @Field(() => ID, { description: "The portal's own id." })
  id!: string

  @Auth(desk)
  @Field(() => AppointmentRecordFlag, { description: 'What does not fit.' })
  reason!: AppointmentRecordFlag

  @Auth(desk)
  @Field(() => String, { description: 'What happened and what to do, in words for staff.' })
  explanation!: string

  @Auth(desk)
  @Field(() => DateTime, { description: 'When it was found.' })
  foundAt!: Date
}

/** What a conflict says by its appointment. */
@Resolver(() => AppointmentConflictType)
export class AppointmentConflictFields {
  @Auth(desk)
  @FieldResolver(() => AppointmentType, { description: 'The appointment it is about, as it is now.' })
  appointment(@Root() { appointmentId }: AppointmentConflict, @Ctx() context: Context) {
    return appointmentById(context, appointmentId)
  }
}

export const conflictById = batched(async ({ em }, ids) => {
  const conflicts = await em.find(AppointmentConflict, { id: { $in: [...ids] } })
  return new Map(conflicts.map((conflict) => [conflict.id, conflict]))
})
