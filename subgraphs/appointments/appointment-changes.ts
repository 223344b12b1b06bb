import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import { AppointmentType } from './appointment.type.ts'
import { canCancel, CanCancel } from './can-cancel.ts'
import { canReschedule, CanReschedule } from './can-reschedule.ts'
import { clinicOf } from './clinic.type.ts'

const own = { roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF }

/** What the patient can do about an appointment. */
@Resolver(() => AppointmentType)
export class AppointmentChanges {
  @Auth(own)
  @FieldResolver(() => CanReschedule, {
    description: 'Whether the patient can change its time, and how; never a bare no.',
  })
  async canReschedule(@Root() appointment: Appointment, @Ctx() context: Context) {
    return canReschedule(appointment, await clinicOf(context, appointment), context)
  }

  @Auth(own)
  @FieldResolver(() => CanCancel, { description: 'Whether the patient can cancel it, and how; never a bare no.' })
  async canCancel(@Root() appointment: Appointment, @Ctx() context: Context) {
    return canCancel(appointment, await clinicOf(context, appointment), context)
  }
}
