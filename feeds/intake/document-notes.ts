import type { DocumentRecordFlag } from '../../client/main.ts'

/** What the sender should know of a document that was taken; of one whose clinic is kept out of the portal, nothing. */
export const noteOf: Partial<Record<DocumentRecordFlag, string>> = {
  OUT_OF_ORDER: 'MSH-7: the portal already knows something later of this document; nothing newer was overwritten.',
  PDF_WITHHELD: 'OBX-5: recorded, although its PDF did not pass the checks and is not shown. Staff will see it.',
  VALUES_UNREAD: 'OBX-5: recorded, although some values could not be read: they are shown as they were sent.',
  CLINIC_UNKNOWN: 'PV1-3: recorded without a clinic: no clinic of the portal has this code.',
}

export const anotherPatients =
  "the portal knows this as another patient's, and nothing of it was changed. Check whose it is, and send the right hospital number in PID-3."

/** What is missing, in the words of the graph: "panel.name is empty. Send it." */
export const incompleteIn = ({ field, message }: { field: string; message: string }): string =>
  message.replace(`${field}: `, `${field} `)

/** The field of the message that a field of the graph was read from. */
export const placeIn = (places: Record<string, string>, field: string): string | undefined =>
  places[field.split('.')[0] ?? '']
