import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import { type Door, id, keyed, mutation, outcome, query, type Variables } from './door.ts'
import type { Actor } from './matrix.ts'
import { aLetterId, aLetterOf, aReportId, aResultId, aResultOf, kinds, type LetterType } from './records.ts'

const patients = (actor: Actor) => actor === 'patient' || actor === 'another patient'
const clinicians = (actor: Actor) => actor === 'staff' || actor === 'system'
const nobody = () => randomUUID()
const both = (text: string, variables: Variables = () => ({}), who?: Door['for']): Door => ({
  at: 'both',
  text,
  variables,
  ...(who && { for: who }),
})

/** Documents that are met by their id alone. */
const document = (type: string, of: (cast: Cast) => string, within = '%', who?: Door['for']): Door =>
  both(`query Wanted($id: ID!) { document(id: $id) { ... on ${type} { ${within} } } }`, id(of), who)
const letter = (type: LetterType): Door[] => [document(type, ({ records }) => records.letters[type])]
const waitingLetter = (type: LetterType): Door[] => [document(type, ({ records }) => records.waitingLetters[type])]

/** Patients meet their results as documents, staff by themselves, our systems by both. */
const resultBy = (of: (cast: Cast) => string, within = '%'): Door[] => [
  document('TestResult', of, within, (actor) => actor !== 'staff'),
  both(`query Wanted($id: ID!) { testResult(id: $id) { ${within} } }`, id(of), (actor) => !patients(actor)),
]
const result = (within = '%') => resultBy(({ records }) => records.result.id, within)
const waitingResult = (within = '%') => resultBy(({ records }) => records.waitingResult, within)
const report = (within: string) => waitingResult(within)[1] as Door

/** The patient's own, of which nothing can be said through another type. */
const ofLetter = (within: string): Door[] => [
  document(
    'OutcomeLetter',
    ({ records }) => records.letters.OutcomeLetter,
    within,
    (actor) => actor !== 'staff',
  ),
]
const list = (within: string): Door[] => [both(`{ documents { ${within} } }`)]
/** Of what is older than all that this hospital wrote in the cast. */
const elsewhere = (within: string): Door[] => [both(`{ documents(filter: { until: "2026-11-19" }) { ${within} } }`)]

const letterTypes = Object.keys(kinds) as LetterType[]
/** What every document may say, and only some do. */
const whileWaiting = letterTypes.map((type): [string, Door[]] => [`${type}.opensAt`, waitingLetter(type)])

/** How the fields of each type of a record are reached. */
export const recordDoors: Record<string, Door[]> = {
  ...Object.fromEntries(letterTypes.map((type) => [type, letter(type)])),
  DocumentConnection: list('%'),
  RecordSource: list('sources { % }'),
  DocumentProvenance: [...ofLetter('provenance { % }'), ...result('provenance { % }')],
  DocumentPdf: [...ofLetter('pdf { % }'), ...result('pdf { % }'), ...waitingResult('pdf { % }')],
  LetterSection: [...ofLetter('sections { % }'), report('report { % }')],
  TestResult: result(),
  TestObservation: result('observations { % }'),
  ReferenceRange: result('observations { range { % } }'),
  TrendPoint: result('observations { trend { % } }'),
  ResultRelease: waitingResult('release { % }'),
  ReleaseStep: waitingResult('release { steps { % } }'),
  TestResultConnection: [both('{ resultsToRelease { % } }')],
  WithheldPdf: [both('{ withheldPdfs { nodes { % } } }')],
  WithheldPdfConnection: [both('{ withheldPdfs { % } }')],
}

/** Fields that have a value only in special circumstances. */
export const specialRecordDoors: Record<string, Door[]> = {
  ...Object.fromEntries(whileWaiting),
  'TestResult.opensAt': waitingResult(),
  // Staff have what came with a result, and patients what they can read.
  'TestResult.pdf': [...result(), ...waitingResult()],
  'TestResult.withheldPdf': resultBy(({ records }) => records.resultWithFault),
  'DocumentProvenance.version': [...elsewhere('nodes { provenance { % } }'), ...result('provenance { % }')],
  'RecordSource.asOf': elsewhere('sources { % }'),
}

const opened: Variables = (cast, actor) =>
  keyed(async () => ({ documentId: actor === 'patient' ? await aLetterId(cast) : cast.records.letters.OtherLetter }))(
    cast,
    actor,
  )
const notOpen = keyed(({ records }) => ({ documentId: records.waitingLetters.OtherLetter }))
const replaced = keyed(({ records }) => ({ documentId: records.letters.OtherLetter, version: 'the one before' }))
const notThere = keyed(() => ({ documentId: nobody() }))
const taken: Variables = (cast, actor) =>
  keyed(async () => {
    const hospitalId = randomUUID()
    if (actor === 'system') await aLetterId(cast, { hospitalId })
    return { eventAt: cast.portal.clock.now(), hospitalId, patientId: cast.owner.id }
  })(cast, actor)
const recordedLetter = keyed((cast) => aLetterOf(cast))
const recordedResult = keyed((cast) => aResultOf(cast))
const somebodyElses = keyed(({ records, stranger, ...cast }) => ({
  ...aResultOf({ ...cast, owner: stranger }),
  hospitalId: records.result.hospitalId,
}))

/** A result for whoever may act on it; for everybody else it is enough to try. */
const acting =
  (write: (cast: Cast) => Promise<string>, more: object = {}): Variables =>
  (cast, actor) =>
    keyed(async () => ({ resultId: clinicians(actor) ? await write(cast) : nobody(), steps: 1, ...more }))(cast, actor)
const held = { until: '2026-12-07', reason: 'Seen on Friday' }
/** It was received, and opened at once. */
const openAtOnce = { steps: 2 }
const takenBack = { ...openAtOnce, reason: 'Of another person' }
const releasing = acting(aReportId)
const holding = acting(aReportId, held)
const takingBack = acting(aResultId, takenBack)

/** How each root field about records is asked. */
export const recordRootDoors: Record<string, Door[]> = {
  'Query.documents': [both('{ wanted: documents { __typename } }')],
  'Query.recordSources': [both('{ wanted: recordSources { __typename } }')],
  'Query.withheldPdfs': [both('{ wanted: withheldPdfs { __typename } }')],
  'Query.releasedResults': [both('{ wanted: releasedResults { __typename } }')],
  'Query.resultsToRelease': [both('{ wanted: resultsToRelease { __typename } }')],
  'Query.testResult': [
    query(
      'testResult',
      'id',
      'ID!',
      id(({ records }) => records.result.id),
    ),
  ],
  'Query.testResultByHospitalId': [
    query(
      'testResultByHospitalId',
      'hospitalId',
      'String!',
      id(({ records }) => records.result.hospitalId),
    ),
  ],
  'Mutation.markDocumentRead': [mutation('markDocumentRead', opened)],
  'Mutation.recordLetter': [mutation('recordLetter', recordedLetter)],
  'Mutation.recordTestResult': [mutation('recordTestResult', recordedResult)],
  'Mutation.withdrawDocument': [mutation('withdrawDocument', taken)],
  'Mutation.releaseTestResult': [mutation('releaseTestResult', releasing)],
  'Mutation.holdTestResult': [mutation('holdTestResult', holding)],
  'Mutation.retractTestResult': [mutation('retractTestResult', takingBack)],
}

/** What they come to. */
export const recordOutcomeDoors: Record<string, Door[]> = {
  DocumentMarkedRead: outcome('markDocumentRead', 'DocumentMarkedRead', opened),
  DocumentNotFound: [
    ...outcome('markDocumentRead', 'DocumentNotFound', notThere),
    ...outcome(
      'withdrawDocument',
      'DocumentNotFound',
      keyed(({ portal, owner }) => ({ eventAt: portal.clock.now(), hospitalId: nobody(), patientId: owner.id })),
    ),
  ],
  DocumentNotOpen: outcome('markDocumentRead', 'DocumentNotOpen', notOpen),
  DocumentHasChanged: outcome('markDocumentRead', 'DocumentHasChanged', replaced),
  LetterRecorded: outcome('recordLetter', 'LetterRecorded', recordedLetter),
  TestResultRecorded: outcome('recordTestResult', 'TestResultRecorded', recordedResult),
  DocumentWithdrawn: outcome('withdrawDocument', 'DocumentWithdrawn', taken),
  DocumentPatientMismatch: outcome('recordTestResult', 'DocumentPatientMismatch', somebodyElses),
  DocumentIncomplete: outcome(
    'recordLetter',
    'DocumentIncomplete',
    keyed((cast) => aLetterOf(cast, { title: ' ' })),
  ),
  TestResultReleased: outcome('releaseTestResult', 'TestResultReleased', releasing),
  TestResultHeld: outcome('holdTestResult', 'TestResultHeld', holding),
  TestResultRetracted: outcome('retractTestResult', 'TestResultRetracted', takingBack),
  TestResultHasChanged: outcome('releaseTestResult', 'TestResultHasChanged', acting(aReportId, { steps: 9 })),
  TestResultNotFound: outcome(
    'releaseTestResult',
    'TestResultNotFound',
    acting(() => Promise.resolve(nobody())),
  ),
  TestResultNotReleasable: outcome('releaseTestResult', 'TestResultNotReleasable', acting(aResultId, openAtOnce)),
}
