import { Field, ID, InterfaceType } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { DateTime, LocalDate } from '../runtime/scalars.ts'
import { AppointmentStub } from './appointment.stub.ts'
import { DocumentKind } from './document-kind.ts'
import { DocumentProvenance } from './document-provenance.type.ts'
import { DocumentState } from './document-state.ts'
import { shownOfDocument, shownToReader } from './shown-of-document.ts'

const typeOfKind: Record<DocumentKind, string> = {
  APPOINTMENT_LETTER: 'AppointmentLetter',
  ADMISSION_LETTER: 'AdmissionLetter',
  OUTCOME_LETTER: 'OutcomeLetter',
  DISCHARGE_SUMMARY: 'DischargeSummary',
  LETTER: 'OtherLetter',
  TEST_RESULT: 'TestResult',
}

/** Which type a document is shown as: its kind alone decides, whoever wrote it. */
export const typeOfDocument = ({ kind }: { kind: DocumentKind }) => typeOfKind[kind]

@InterfaceType({
  description: 'Something written about, or to, a patient: a letter, a summary or a test result, of any hospital.',
  resolveType: typeOfDocument,
})
export abstract class ClinicalDocument {
  @Auth(shownOfDocument)
  @Field(() => ID, {
    description:
      "Of this hospital's: a UUID. Of a partner's: its trust, FHIR type and FHIR id, such as RAL.DocumentReference.d-17.",
  })
  id!: string

  @Auth(shownOfDocument)
  @Field(() => DocumentKind, { description: 'What sort of document it is.' })
  kind!: DocumentKind

  @Auth(shownOfDocument)
  @Field(() => String, {
    description:
      'What it is called in a list. While it waits, or when it was withdrawn: words that give nothing away, such as "Test result".',
  })
  title!: string

  @Auth(shownOfDocument)
  @Field(() => LocalDate, { description: 'The day on which it was written, in London.' })
  writtenOn!: string

  @Auth(shownOfDocument)
  @Field(() => DateTime, { description: 'When it was written or reported: the order of the list.' })
  writtenAt!: Date

  @Auth(shownOfDocument)
  @Field(() => String, { description: 'ODS code of the trust that wrote it.' })
  trustCode!: string

  @Auth(shownOfDocument)
  @Field(() => String, { description: 'The trust that wrote it.' })
  trustName!: string

  @Auth(shownOfDocument)
  @Field(() => DocumentState, { description: 'Whether the patient can read it.' })
  state!: DocumentState

  @Auth(shownOfDocument)
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the patient can read it at the latest; null when they can, when it was withdrawn, or when only a clinician opens it.',
  })
  opensAt!: Date | null

  @Auth(shownToReader)
  @Field(() => Boolean, {
    description:
      'True until the patient has opened it; false while it waits and when withdrawn. A correction makes it unread again.',
  })
  unread!: boolean

  @Auth(shownToReader)
  @Field(() => String, {
    description: 'Another one whenever it says something else: give it to markDocumentRead with what was shown.',
  })
  version!: string

  @Auth(shownOfDocument)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was last replaced by a corrected version; null unless it was.',
  })
  correctedAt!: Date | null

  @Auth(shownOfDocument)
  @Field(() => String, {
    nullable: true,
    description:
      'Words for the patient about why it waits, was withdrawn, is corrected or preliminary, or why its PDF is not shown; null when there is nothing to say.',
  })
  notice!: string | null

  @Auth(shownToReader)
  @Field(() => AppointmentStub, {
    nullable: true,
    description: "The appointment it is about, where the hospital said which; always null for a partner's.",
  })
  appointment!: AppointmentStub | null

  @Auth(shownOfDocument)
  @Field(() => DocumentProvenance, { description: 'Where it came from.' })
  provenance!: DocumentProvenance
}

/** What every document says beside its PDF, to whoever it is shown to: for a type on which other roles may use it too. */
export const factsOfDocument = [
  'id',
  'kind',
  'title',
  'writtenOn',
  'writtenAt',
  'trustCode',
  'trustName',
  'state',
  'opensAt',
  'correctedAt',
  'notice',
  'provenance',
] as const satisfies (keyof ClinicalDocument)[]

/** The rest of it: for the patient, and for whoever looks after what they read. */
export const factsForReader = ['unread', 'version', 'appointment'] as const satisfies (keyof ClinicalDocument)[]
