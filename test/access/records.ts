import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Resource } from '@medplum/fhirtypes'
import { aPdf } from '../../subgraphs/documents/pdfs/testing/a-pdf.ts'
import { staff } from '../alone.ts'
import { anNhsNumber } from '../nhs-numbers.ts'
import { aPatient, aSummary } from '../partner/records.ts'
import { anAppointment, type PersonInWorld, type World } from '../world.ts'

/** The kinds of letters that the hospital's own systems write, by the type they are shown as. */
export const kinds = { OutcomeLetter: 'OUTCOME_LETTER', DischargeSummary: 'DISCHARGE_SUMMARY', OtherLetter: 'LETTER' }
export type LetterType = keyof typeof kinds
const letterTypes = Object.keys(kinds) as LetterType[]

/** What is written of the owner of the cast, with every field of it filled. */
export interface Records {
  /** Corrected, and about an appointment. */
  readonly letters: Readonly<Record<LetterType, string>>
  readonly waitingLetters: Readonly<Record<LetterType, string>>
  readonly admissionLetter: string
  /** Open and corrected, with values. */
  readonly result: { readonly id: string; readonly hospitalId: string }
  /** Held by a clinician; it came with a PDF. */
  readonly waitingResult: string
  /** It came with a PDF that did not pass the checks. */
  readonly resultWithFault: string
}

/** Whose records they are, and where they are written. */
export interface Written {
  readonly portal: World
  readonly owner: PersonInWorld
  readonly clinicCode: string
}

/** The day on which they were written: nothing else in the cast was written on it, or before. */
export const dayOfRecords = '2026-11-21'

const days = 24 * 3600_000
const inDays = ({ clock }: World, count: number) => new Date(clock.now().getTime() + count * days)

/** What the partner of the portal knows of the first person of the cast. */
export const recordsElsewhere: readonly Resource[] = [
  aPatient({ identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: anNhsNumber(1) }] }),
  aSummary({ meta: { versionId: '3' } }),
]

const section = { heading: 'Plan', code: '887181000000106', paragraphs: ['Come again.'], items: ['In spring'] }

export const aLetterOf = ({ portal, owner, clinicCode }: Written, more: object = {}) => ({
  ...{ eventAt: portal.clock.now(), hospitalId: randomUUID(), patientId: owner.id, clinicCodes: [clinicCode] },
  ...{
    kind: 'LETTER',
    title: 'Eye clinic',
    author: 'Dr Priya Shah',
    writtenAt: portal.clock.now(),
    sections: [section],
  },
  ...more,
})

const observation = (key: string, value: string, more: object = {}) => ({
  ...{ key, value, unit: 'g/L', range: '130-180', status: 'F', comments: ['Repeat'] },
  ...{ test: { code: '718-7', system: 'LN', name: 'Haemoglobin' }, ...more },
})

/** Numbers of a test that opens at once. */
export const aResultOf = ({ portal, owner, clinicCode }: Written, more: object = {}) => ({
  ...{ eventAt: portal.clock.now(), hospitalId: randomUUID(), patientId: owner.id, clinicCodes: [clinicCode] },
  ...{ panel: { code: '58410-2', system: 'LN', name: 'Full blood count' }, department: 'HM', status: 'F' },
  ...{ requestedBy: 'Dr Priya Shah', laboratory: 'Watford Pathology', specimen: 'Blood', comments: ['Sample fine'] },
  ...{ collectedAt: inDays(portal, -2), reportedAt: inDays(portal, -1), report: [] },
  observations: [
    observation('1', '135', { measuredAt: inDays(portal, -2) }),
    observation('2', '<5', { measuredAt: inDays(portal, -3) }),
  ],
  ...more,
})

/** A report of a picture: it waits for a clinician. */
export const aReportOf = (written: Written, more: object = {}) =>
  aResultOf(written, {
    department: 'RAD',
    panel: { name: 'Chest X-ray' },
    observations: [],
    report: [section],
    ...more,
  })

/** Says something as the feeds do, and gives the document. */
async function told(portal: World, text: string, input: object): Promise<string> {
  const { it } = await portal.system(text, { input: { idempotencyKey: randomUUID(), ...input } })
  const { document, message } = it as unknown as { document?: { id: string }; message?: string }
  if (!document) throw new Error(message ?? 'nothing was recorded')
  return document.id
}
const ofLetter = `mutation Say($input: RecordLetterInput!) { it: recordLetter(input: $input) {
  ... on LetterRecorded { document: letter { id } } ... on Problem { message } } }`
const ofResult = `mutation Say($input: RecordTestResultInput!) { it: recordTestResult(input: $input) {
  ... on TestResultRecorded { document: result { id } } ... on Problem { message } } }`
export const aLetterId = (written: Written, more: object = {}) =>
  told(written.portal, ofLetter, aLetterOf(written, more))
export const aReportId = (written: Written, more: object = {}) =>
  told(written.portal, ofResult, aReportOf(written, more))
export const aResultId = (written: Written, more: object = {}) =>
  told(written.portal, ofResult, aResultOf(written, more))

/** Somebody who releases results, beside the member of staff that the matrix asks about. */
const clinician = { ...staff, actorId: 'staff:grace', name: 'Grace Adeyemi', scopes: [...staff.scopes, 'results'] }

/** A page of a result was shown after so many steps. */
export async function actedOn({ portal }: Written, name: string, input: object): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const query = `mutation Act($input: ${type}!) { it: ${name}(input: $input) { __typename ... on Problem { message } } }`
  const variables = { input: { idempotencyKey: randomUUID(), ...input } }
  const call = { query, variables, viewer: clinician, requestId: randomUUID() }
  const answer = await portal.graph.subgraphs.get('documents')?.execute(call)
  const { message } = (answer?.data?.it ?? { message: JSON.stringify(answer?.errors) }) as { message?: string }
  if (message) throw new Error(message)
}

export async function recordsOf(
  written: Written,
  { token, appointmentId }: { token: string; appointmentId: string },
): Promise<Records> {
  const { portal } = written
  const pdf = { base64: aPdf({ text: 'The lungs are clear.' }).toString('base64') }
  const before = { writtenAt: inDays(portal, -2) }
  const later = { notBefore: inDays(portal, 5), ...before }
  const corrected = { eventAt: new Date(portal.clock.now().getTime() + 1000), appointmentId }
  const ofEach = async (write: (kind: string) => Promise<string>) => {
    const ids: [LetterType, string][] = []
    for (const type of letterTypes) ids.push([type, await write(kinds[type])])
    return Object.fromEntries(ids) as Record<LetterType, string>
  }
  const letters = await ofEach(async (kind) => {
    const hospitalId = randomUUID()
    await aLetterId(written, { kind, hospitalId, ...before })
    // With a file of the hospital's, whose size is known before it is read.
    return aLetterId(written, { kind, hospitalId, pdf, ...before, ...corrected })
  })
  const hospitalId = randomUUID()
  const reported = { reportedAt: inDays(portal, -2) }
  await aResultId(written, { hospitalId, ...reported })
  const id = await aResultId(written, { hospitalId, status: 'C', ...reported, ...corrected })
  const waitingResult = await aReportId(written, { pdf })
  const until = inDays(portal, 14).toISOString().slice(0, 10)
  await actedOn(written, 'holdTestResult', { resultId: waitingResult, steps: 1, until, reason: 'Seen on Friday' })
  await withheldPdf(written)
  await partnerAnswers(portal, token)
  return {
    letters,
    waitingLetters: await ofEach((kind) => aLetterId(written, { kind, ...later })),
    admissionLetter: await admissionLetter(written, token),
    result: { id, hospitalId },
    waitingResult,
    resultWithFault: await aReportId(written, { pdf: noPdf }),
  }
}

const noPdf = { base64: Buffer.from('MZ this is a program').toString('base64') }
const withheldPdf = (written: Written) => aLetterId(written, { pdf: noPdf })

async function admissionLetter({ portal, owner, clinicCode }: Written, token: string): Promise<string> {
  const stay = { clinicCode, kind: 'ADMISSION', startsAt: inDays(portal, 24), endsAt: inDays(portal, 26) }
  const { id } = await anAppointment(portal, owner, stay)
  const { data } = await portal.ask(token, 'query L($id: ID!) { appointment(id: $id) { letter { id } } }', { id })
  return (data?.appointment as unknown as { letter: { id: string } }).letter.id
}

/** What reads a partner's records learns their standard first, which takes a while. */
async function partnerAnswers(portal: World, token: string): Promise<void> {
  for (let look = 0; look < 120; look++) {
    const { data } = await portal.ask(token, '{ recordSources { status } }')
    const sources = data?.recordSources as unknown as { status: string }[] | undefined
    if (sources?.every(({ status }) => status === 'AVAILABLE')) return
    await setTimeout(500)
  }
  throw new Error('the partner does not answer')
}
