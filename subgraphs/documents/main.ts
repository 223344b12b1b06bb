import type { SubgraphDefinition } from '../runtime/subgraph.ts'
import type { Trust } from '../runtime/trust.ts'
import { BookingLetter } from './booking-letters/booking-letter.entity.ts'
import type { DocumentsExtra } from './context.ts'
import { documentEvents } from './document-events.ts'
import { DocumentAccesses } from './document-accesses.ts'
import { FindDocument } from './document.ts'
import { DocumentsOfAppointment } from './documents-of-appointment.ts'
import { DocumentsOfPatient } from './documents-of-patient.ts'
import { CountOfDocuments, ListDocuments } from './documents.ts'
import { MarkDocumentRead } from './mark-document-read.ts'
import { tellOfDocuments } from './tell-of-documents.ts'
import { appointmentReference } from './appointment.reference.ts'
import { LetterOfAppointment } from './booking-letters/letter.ts'
import {
  bookingLetterReference,
  OldTimeOfAdmissionLetter,
  OldTimeOfAppointmentLetter,
} from './booking-letters/shows-old-time.ts'
import { letterTypes } from './letter.type.ts'
import type { DocumentsSettings } from './environment.ts'
import { KnownClinic } from './known-clinic.entity.ts'
import { HospitalDocument } from './hospital-document.entity.ts'
import { HospitalLetter } from './letters/hospital-letter.entity.ts'
import { RecordLetter } from './letters/record-letter.ts'
import { firstDocumentsStep } from './migrations/first-step.ts'
import { secondDocumentsStep } from './migrations/second-step.ts'
import { thirdDocumentsStep } from './migrations/third-step.ts'
import { fourthDocumentsStep } from './migrations/fourth-step.ts'
import { onAppointmentBooked } from './booking-letters/on-appointment-booked.ts'
import { onAppointmentMoved } from './booking-letters/on-appointment-moved.ts'
import { onClinicExcluded } from './on-clinic-excluded.ts'
import { onClinicIncluded } from './on-clinic-included.ts'
import { PartnerCopy } from './partners/partner-copy.entity.ts'
import { PartnerDocumentRead } from './partners/partner-document-read.entity.ts'
import { Partners } from './partners/partners.ts'
import { forgetCopies } from './partners/kept-copies.ts'
import { RecordSources } from './partners/record-sources.ts'
import { PdfFile } from './pdfs/pdf-file.entity.ts'
import { FileOfPdf } from './document-pdf.type.ts'
import { PdfOfDocument } from './pdfs/pdf-of-document.ts'
import { PdfOfResult } from './pdfs/pdf-of-result.ts'
import { WithheldPdfOfResult } from './pdfs/withheld-pdf-of-result.ts'
import { WithheldPdfs } from './pdfs/withheld-pdfs.ts'
import { patientReference } from './patient.stub.ts'
import { policy } from './policy.ts'
import { ReplacedDocument } from './replaced-document.entity.ts'
import { HoldTestResult } from './results/hold-test-result.ts'
import { openResults } from './results/open-results.ts'
import { RecordTestResult } from './results/record-test-result.ts'
import { ReleasedResults } from './results/released-results.ts'
import { ReleaseStep } from './results/release-step.entity.ts'
import { ReleaseTestResult } from './results/release-test-result.ts'
import { ResultReleaseFields } from './results/result-release.type.ts'
import { ResultsToRelease } from './results/results-to-release.ts'
import { RetractTestResult } from './results/retract-test-result.ts'
import { TestObservation } from './results/test-observation.entity.ts'
import { TestObservationFields } from './results/test-observation.type.ts'
import { FindTestResult } from './results/test-result.ts'
import { TestResult } from './results/test-result.entity.ts'
import { TestResultFields, TestResultType } from './results/test-result.type.ts'
import { watchResults } from './results/watch-results.ts'
import { WithdrawDocument } from './withdraw-document.ts'

export type { DocumentsExtra } from './context.ts'
export { type DocumentsSettings, readDocumentsSettings } from './environment.ts'

/** Letters, summaries and test results: this hospital's own, and of partners what they show. */
export const documents: SubgraphDefinition = {
  name: 'documents',
  resolvers: [
    DocumentAccesses,
    DocumentsOfAppointment,
    DocumentsOfPatient,
    ListDocuments,
    CountOfDocuments,
    MarkDocumentRead,
    FindDocument,
    RecordSources,
    LetterOfAppointment,
    OldTimeOfAdmissionLetter,
    OldTimeOfAppointmentLetter,
    RecordLetter,
    FileOfPdf,
    PdfOfDocument,
    PdfOfResult,
    WithheldPdfOfResult,
    WithheldPdfs,
    HoldTestResult,
    RecordTestResult,
    ReleasedResults,
    ReleaseTestResult,
    ResultReleaseFields,
    ResultsToRelease,
    RetractTestResult,
    TestObservationFields,
    FindTestResult,
    TestResultFields,
    WithdrawDocument,
  ],
  orphanedTypes: [...letterTypes, TestResultType],
  references: {
    Appointment: appointmentReference,
    AppointmentLetter: bookingLetterReference,
    AdmissionLetter: bookingLetterReference,
    Patient: patientReference,
  },
  entities: [
    HospitalDocument as never,
    BookingLetter,
    HospitalLetter,
    TestResult,
    TestObservation,
    ReleaseStep,
    PdfFile,
    ReplacedDocument,
    KnownClinic,
    PartnerCopy,
    PartnerDocumentRead,
  ],
  policy,
  steps: [firstDocumentsStep, secondDocumentsStep, thirdDocumentsStep, fourthDocumentsStep],
  tells: documentEvents.subscribers,
  chores: [tellOfDocuments, forgetCopies, openResults, watchResults],
  reactions: [onAppointmentBooked, onAppointmentMoved, onClinicExcluded, onClinicIncluded],
}

/** What the subgraph needs beside what every subgraph gets: pass it as `extra`. Throws when a partner is this trust itself. */
export const documentsExtra = (settings: DocumentsSettings, trust: Trust): DocumentsExtra => ({
  partners: new Partners(settings, trust.odsCode),
})
