import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { MovedBy } from './appointment-status.ts'
import { shownAtTheDesk } from './shown-of-appointment.ts'

@ObjectType('AppointmentMove', { description: 'That an appointment was moved to another time.' })
export class AppointmentMoveType {
  @Auth(shownAtTheDesk)
  @Field(() => DateTime, { description: 'When it was moved.' })
  at!: Date

  @Auth(shownAtTheDesk)
  @Field(() => MovedBy, { description: 'By whom.' })
  by!: MovedBy

  @Auth(shownAtTheDesk)
  @Field(() => DateTime, { description: 'The time it had before.' })
  from!: Date
}
