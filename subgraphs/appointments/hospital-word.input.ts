import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../runtime/scalars.ts'

/** What every word of the hospital on one appointment says: which, whose, and when it was said. */
@InputType()
export abstract class HospitalWordInput {
  @Field(() => ID, { description: 'The same key is the same message.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, { description: "The hospital's own identifier of the appointment, or of the visit." })
  hospitalId!: string

  @Field(() => ID, { description: 'Whose it is: the id in this portal.' })
  patientId!: string

  @Field(() => [ID], {
    nullable: true,
    description:
      "Ids that the person's record had before it was merged: what is under one of them is the same patient's.",
  })
  formerPatientIds?: string[] | null
}
