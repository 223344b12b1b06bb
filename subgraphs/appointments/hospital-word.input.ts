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

  @Field(() => ID, { description: 'Whose it is: the id in this portal, of the record under whose number it was said.' })
  patientId!: string

  @Field(() => [ID], {
    nullable: true,
    description:
      "Other ids of the same person, of records merged with it: what is under one of them is the same patient's.",
  })
  formerPatientIds?: string[] | null
}
