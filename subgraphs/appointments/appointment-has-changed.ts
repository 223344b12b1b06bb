import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import { AppointmentType } from './appointment.type.ts'

@ObjectType({
  implements: Problem,
  description: 'The appointment changed after the page that was acted from. Nothing was done.',
})
export class AppointmentHasChanged extends Problem {
  override message =
    'This appointment has changed since you opened the page, so we have done nothing. Look at it as it is now, then choose again.'

  @Auth({ roles: [Role.PATIENT, Role.STAFF] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  constructor(appointment: Appointment) {
    super()
    this.appointment = appointment
  }
}
