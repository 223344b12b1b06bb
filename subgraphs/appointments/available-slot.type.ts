import { Field, ID, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'

const shown = { roles: [Role.PATIENT, Role.STAFF] }

@ObjectType('AvailableSlot', { description: 'A time that is free, and to which an appointment can be changed.' })
export class AvailableSlotType {
  @Auth(shown)
  @Field(() => ID, { description: 'Said when it is chosen.' })
  id!: string

  @Auth(shown)
  @Field(() => DateTime, { description: 'When it starts.' })
  startsAt!: Date

  @Auth(shown)
  @Field(() => DateTime, { description: 'When it ends.' })
  endsAt!: Date
}
