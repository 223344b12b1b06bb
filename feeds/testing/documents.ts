import type { RecordLetterInput, RecordTestResultInput, WithdrawDocumentInput } from '../../client/main.ts'

type Recorded = (RecordTestResultInput | RecordLetterInput) & { withdrawn?: boolean }

/** Letters and results, in memory, with the rules the feeds can see. */
export class DocumentsInMemory {
  readonly all = new Map<string, Recorded>()
  readonly clinics: ReadonlySet<string>
  /** Panels the portal finds something missing in. */
  readonly incomplete = new Set<string>()

  constructor(clinics: ReadonlySet<string>) {
    this.clinics = clinics
  }

  recordTestResult(input: RecordTestResultInput) {
    return this.#record(input, 'TestResultRecorded', 'result')
  }

  recordLetter(input: RecordLetterInput) {
    return this.#record(input, 'LetterRecorded', 'letter')
  }

  withdrawDocument(input: WithdrawDocumentInput) {
    const known = this.all.get(input.hospitalId)
    if (!known || isAnothers(known, input)) return { __typename: 'DocumentNotFound', message: 'No such document.' }
    const older = known.eventAt > input.eventAt
    if (!older) Object.assign(known, { withdrawn: true, eventAt: input.eventAt })
    return { __typename: 'DocumentWithdrawn', flags: older ? ['OUT_OF_ORDER'] : [] }
  }

  #record(input: RecordTestResultInput | RecordLetterInput, __typename: string, name: string) {
    const known = this.all.get(input.hospitalId)
    if (known && isAnothers(known, input)) return { __typename: 'DocumentPatientMismatch', message: 'Another patient.' }
    if (this.incomplete.has(input.hospitalId))
      return { __typename: 'DocumentIncomplete', message: 'panel.name: is empty. Send it.', field: 'panel.name' }
    const older = known !== undefined && known.eventAt > input.eventAt
    if (!older) this.all.set(input.hospitalId, { ...input })
    return { __typename, created: !known, flags: this.#flagsOf(input, older), [name]: { id: input.hospitalId } }
  }

  #flagsOf({ clinicCodes, pdf }: RecordTestResultInput | RecordLetterInput, older: boolean): string[] {
    return [
      ...(older ? ['OUT_OF_ORDER'] : []),
      ...(clinicCodes && !clinicCodes.some((code) => this.clinics.has(String(code))) ? ['CLINIC_UNKNOWN'] : []),
      ...(pdf && !pdf.base64.startsWith('JVBERi') ? ['PDF_WITHHELD'] : []),
    ]
  }
}

interface Owned {
  patientId: string | number
  formerPatientIds?: (string | number)[] | null | undefined
}
const isAnothers = (known: Owned, { patientId, formerPatientIds }: Owned) =>
  known.patientId !== patientId && !formerPatientIds?.includes(known.patientId)
