import { Field, ID, InputType } from 'type-graphql'
import { DateTime } from '../../runtime/scalars.ts'
import { DocumentKind } from '../document-kind.ts'
import { PdfInput } from '../pdfs/pdf.input.ts'
import { LetterSectionInput } from './letter-section.input.ts'

@InputType({ description: 'A letter as a system of the hospital sent it.' })
export class RecordLetterInput {
  @Field(() => ID, { description: 'The same key is the same message.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, {
    description: 'What names the letter for good at the hospital (TXA-12). The same one replaces the whole letter.',
  })
  hospitalId!: string

  @Field(() => ID, { description: 'Whose it is: the id in this portal, of the record under whose number it was said.' })
  patientId!: string

  @Field(() => [ID], {
    nullable: true,
    description:
      "Other ids of the same person, of records merged with it: what is under one of them is the same patient's.",
  })
  formerPatientIds?: string[] | null

  @Field(() => [ID], {
    nullable: true,
    description:
      'Codes of clinics it may belong to: the first that is known counts. Left out: the one it was of, or none.',
  })
  clinicCodes?: string[] | null

  @Field(() => ID, {
    nullable: true,
    description: "The appointment it is about, by the portal's id. Left out: the one it was about, or none.",
  })
  appointmentId?: string | null

  @Field(() => DocumentKind, { description: 'OUTCOME_LETTER, DISCHARGE_SUMMARY or LETTER.' })
  kind!: DocumentKind

  @Field(() => String, { description: 'What it is called in a list.' })
  title!: string

  @Field(() => String, { nullable: true, description: 'Who wrote it, as patients should read it.' })
  author?: string | null

  @Field(() => DateTime, { description: 'When it was written.' })
  writtenAt!: Date

  @Field(() => [LetterSectionInput], {
    description: 'What it says, part by part. Empty when there is only a PDF: then its text is read out of that.',
  })
  sections!: LetterSectionInput[]

  @Field(() => PdfInput, { nullable: true, description: 'The letter as a PDF.' })
  pdf?: PdfInput | null

  @Field(() => DateTime, {
    nullable: true,
    description: 'Not to be shown before: a delay that the hospital asks for.',
  })
  notBefore?: Date | null
}
