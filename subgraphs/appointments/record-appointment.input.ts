import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../runtime/scalars.ts'
import { AppointmentKind } from './appointment-status.ts'
import { ArrangementInput } from './arrangement.ts'
import { HospitalWordInput } from './hospital-word.input.ts'
import { Medium } from './medium.ts'
import { PlaceInput } from './place.ts'

@InputType({
  description:
    'What the hospital says of one appointment: that it is booked, moved or amended. Fields left out change nothing; null clears.',
})
export class RecordAppointmentInput extends HospitalWordInput {
  @Field(() => ID, { nullable: true, description: 'The clinic. Needed for a new appointment.' })
  clinicCode?: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it starts. Needed for a new appointment.' })
  startsAt?: Date | null

  @Field(() => DateTime, {
    nullable: true,
    description: "When it ends. Without it: as long as before, or as the clinic's are.",
  })
  endsAt?: Date | null

  @Field(() => AppointmentKind, { nullable: true, description: 'A visit, unless said.' })
  kind?: AppointmentKind | null

  @Field(() => Medium, { nullable: true, description: "How they meet. Without it: as the clinic's patients do." })
  medium?: Medium | null

  @Field(() => String, { nullable: true, description: 'Who sees the patient, as patients know them.' })
  clinician?: string | null

  @Field(() => PlaceInput, { nullable: true, description: "Where to come. Without it: the clinic's place." })
  place?: PlaceInput | null

  @Field(() => [ArrangementInput], {
    nullable: true,
    description: 'All that is arranged for it: transport, interpreters.',
  })
  arrangements?: ArrangementInput[] | null
}
