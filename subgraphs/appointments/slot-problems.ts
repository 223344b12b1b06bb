import { Field, ObjectType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { AvailableSlotType } from './available-slot.type.ts'
import type { Slot } from './slot.entity.ts'

const shown = { roles: [Role.PATIENT, Role.STAFF] }
const soonest = 'The soonest times that are free now, at most 20.'

@ObjectType({ implements: Problem, description: 'Somebody else was first. The appointment is as it was.' })
export class SlotTaken extends Problem {
  override message = 'Somebody else has just taken that time. The appointment has not changed. Choose another time.'

  @Auth(shown)
  @Field(() => [AvailableSlotType], { description: soonest })
  readonly freshSlots: Slot[]

  constructor(freshSlots: Slot[]) {
    super()
    this.freshSlots = freshSlots
  }
}

@ObjectType({
  implements: Problem,
  description:
    'That time is not offered: of another clinic or clinician, too soon, too late, unknown, or while the patient or the clinician has another appointment. The appointment is as it was.',
})
export class SlotNotOffered extends Problem {
  override message = 'We cannot offer that time. The appointment has not changed. Choose another time.'

  @Auth(shown)
  @Field(() => [AvailableSlotType], { description: soonest })
  readonly freshSlots: Slot[]

  constructor(freshSlots: Slot[]) {
    super()
    this.freshSlots = freshSlots
  }
}
