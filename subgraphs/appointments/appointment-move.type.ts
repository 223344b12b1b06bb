import { Field, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { MovedBy } from './appointment-status.ts'

const shown = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }

@ObjectType('AppointmentMove', { description: 'That an appointment was moved to another time.' })
export class AppointmentMoveType {
  @Auth(shown)
  @Field(() => DateTime, { description: 'When it was moved.' })
  at!: Date

  @Auth(shown)
  @Field(() => MovedBy, { description: 'By whom.' })
  by!: MovedBy

  @Auth(shown)
  @Field(() => DateTime, { description: 'The time it had before.' })
  from!: Date
}
