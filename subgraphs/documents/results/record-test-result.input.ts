import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../../runtime/scalars.ts'
import { LetterSectionInput } from '../letters/letter-section.input.ts'
import { PdfInput } from '../pdfs/pdf.input.ts'
import { CodedNameInput } from './coded-name.input.ts'
import { TestObservationInput } from './test-observation.input.ts'

@InputType({
  description: 'A test result as the laboratory or department sent it. The same hospitalId replaces the whole.',
})
export class RecordTestResultInput {
  @Field(() => ID, { description: 'The same key is the same message.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, {
    description: 'What names it for good: sending system, filler order number and panel code.',
  })
  hospitalId!: string

  @Field(() => ID, { description: 'Whose it is: the id in this portal, of the record under whose number it was sent.' })
  patientId!: string

  @Field(() => [ID], {
    nullable: true,
    description: 'Other ids of the same person, of records merged with it: what is under one of them is theirs too.',
  })
  formerPatientIds?: string[] | null

  @Field(() => [ID], {
    nullable: true,
    description: 'Codes of clinics it may belong to: the first that is known. Left out: the one it was of, or none.',
  })
  clinicCodes?: string[] | null

  @Field(() => ID, {
    nullable: true,
    description: "The appointment it belongs to, by the portal's id. Left out: the one it belonged to, or none.",
  })
  appointmentId?: string | null

  @Field(() => CodedNameInput, { description: 'What was asked for: "Full blood count".' })
  panel!: CodedNameInput

  @Field(() => String, { nullable: true, description: 'HL7 table 0074, OBR-24: "HM", "CH", "RAD", "SP".' })
  department?: string | null

  @Field(() => String, { description: 'OBR-25 as it stands: "F", "C", "P", "X".' })
  status!: string

  @Field(() => String, { nullable: true, description: 'Who asked for it.' })
  requestedBy?: string | null

  @Field(() => String, { description: 'Which laboratory or department reports it.' })
  laboratory!: string

  @Field(() => String, { nullable: true, description: 'What was taken: "Blood".' })
  specimen?: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was taken.' })
  collectedAt?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it was reported.' })
  reportedAt?: Date | null

  @Field(() => [String], { nullable: true, description: 'What the laboratory remarked on the whole.' })
  comments?: string[] | null

  @Field(() => [TestObservationInput], { description: 'The values, in the order the laboratory gave them.' })
  observations!: TestObservationInput[]

  @Field(() => [LetterSectionInput], { nullable: true, description: 'A report in words, part by part.' })
  report?: LetterSectionInput[] | null

  @Field(() => PdfInput, { nullable: true, description: 'The report as the hospital prints it.' })
  pdf?: PdfInput | null

  @Field(() => DateTime, { nullable: true, description: 'Not to be shown before: a delay the hospital asks for.' })
  notBefore?: Date | null
}
