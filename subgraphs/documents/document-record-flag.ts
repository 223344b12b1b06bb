import { registerEnumType } from 'type-graphql'

/** What a system that records a document may have to tell its people. */
export enum DocumentRecordFlag {
  OUT_OF_ORDER = 'OUT_OF_ORDER',
  PDF_WITHHELD = 'PDF_WITHHELD',
  VALUES_UNREAD = 'VALUES_UNREAD',
  CLINIC_UNKNOWN = 'CLINIC_UNKNOWN',
  EXCLUDED = 'EXCLUDED',
}
registerEnumType(DocumentRecordFlag, {
  name: 'DocumentRecordFlag',
  description: 'What a system that records a document may have to tell its people.',
  valuesConfig: {
    OUT_OF_ORDER: { description: 'Older than what is known: nothing changed.' },
    PDF_WITHHELD: { description: 'Its PDF did not pass the checks and is not shown.' },
    VALUES_UNREAD: { description: 'Some values could not be read and are shown as they were sent.' },
    CLINIC_UNKNOWN: { description: 'The portal has not met any of its clinics before.' },
    EXCLUDED: { description: 'Its clinic is kept out of the portal, so no patient sees it.' },
  },
})
