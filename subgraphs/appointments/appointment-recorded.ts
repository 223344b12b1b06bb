import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'
import type { Appointment } from './appointment.entity.ts'
import { AppointmentRecordFlag } from './appointment-record-flag.ts'
import { AppointmentType } from './appointment.type.ts'

@ObjectType({ description: "The hospital's word on an appointment was taken." })
export class AppointmentRecorded {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => AppointmentType, { description: 'The appointment as it is now.' })
  readonly appointment: Appointment

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => Boolean, { description: 'True when it was not known before.' })
  readonly created: boolean

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => [AppointmentRecordFlag], { description: 'What staff should know about it.' })
  readonly flags: AppointmentRecordFlag[]

  constructor(appointment: Appointment, created: boolean, flags: AppointmentRecordFlag[]) {
    this.appointment = appointment
    this.created = created
    this.flags = flags
  }
}
