import { defineEntity, p } from '@mikro-orm/core'
import type { LetterSection } from '../booking-letters/letter-content.ts'
import { HospitalDocument } from '../hospital-document.entity.ts'

const HospitalLetterTable = defineEntity({
  name: 'HospitalLetter',
  extends: HospitalDocument,
  discriminatorValue: 'LETTER',
  properties: {
    author: p.text().nullable(),
    /** What it says; empty when there is only a PDF whose text could not be read. */
    letterSections: p.json<LetterSection[]>(),
    /** The sections were read out of the hospital's PDF: the PDF is what counts. */
    textFromPdf: p.boolean().default(false),
  },
})

/** A letter or summary that the hospital's own system wrote. */
export class HospitalLetter extends HospitalLetterTable.class {}
HospitalLetterTable.setClass(HospitalLetter)
