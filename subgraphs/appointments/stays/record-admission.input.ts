import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../../runtime/scalars.ts'
import { HospitalWordInput } from '../hospital-word.input.ts'
import { PlaceInput } from '../place.ts'
import { AdmissionStep } from './admission-step.ts'

@InputType({
  description:
    'What the hospital says of one stay, by its visit number (PV1-19). Fields left out change nothing; null clears.',
})
export class RecordAdmissionInput extends HospitalWordInput {
  @Field(() => AdmissionStep, { description: 'Which step it is.' })
  step!: AdmissionStep

  @Field(() => DateTime, { nullable: true, description: 'When the patient is to come. Needed for a new planned stay.' })
  expectedAt?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When the patient is to go home.' })
  expectedUntil?: Date | null

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the step happened at the hospital. Without it: when it was said.',
  })
  at?: Date | null

  @Field(() => [ID], {
    nullable: true,
    description: 'Codes of clinics it may belong to: the first known. Else it stands under "Hospital stay".',
  })
  clinicCodes?: string[] | null

  @Field(() => String, { nullable: true, description: 'Who is responsible, as patients know them.' })
  clinician?: string | null

  @Field(() => PlaceInput, { nullable: true, description: 'Where to come, or where the patient is.' })
  place?: PlaceInput | null

  @Field(() => String, { nullable: true, description: 'Why it will not take place, in words for the patient.' })
  reason?: string | null
}
