import { RecordTestResultDocument } from '../../client/main.ts'
import { MessageRefused, refuse, reasonOf, type Fault } from '../hl7/fault.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readPerson } from '../reading/person.ts'
import { readResults, type ResultInMessage } from '../reading/result.ts'
import { anotherPatients, incompleteIn, noteOf, placeIn } from './document-notes.ts'
import type { Errand, Reaction } from './intake.ts'
import { ownerOf } from './owner-of-document.ts'
import { placeOf, type DocumentPlace } from './place-of-document.ts'
import type { Whose } from './record-person.ts'

/** ORU^R01: each panel of the message is a test result. What is wrong with one panel does not keep back the others. */
export const recordResults: Reaction = async (errand) => {
  const { message, intake } = errand
  const [faults, problems]: [Fault[], Fault[]] = [[], []]
  const eventAt = readEventTime(message, intake.now(), faults)
  const person = readPerson(message, faults)
  const panels = readResults(message, { now: intake.now(), faults, problems })
  // What is wrong with each panel that cannot be taken.
  const refused = panels.map((it) => it.faults).filter((it) => it.length > 0)
  if (faults.length > 0 || refused.length === panels.length) throw new MessageRefused([...faults, ...refused.flat()])
  const { whose, notes } = await ownerOf(errand, person, eventAt)
  const place = await placeOf(errand, whose)
  for (const [index, { result, faults: ofPanel }] of panels.entries())
    if (ofPanel.length === 0)
      notes.push(...(await putResult(errand, index + 1, result, { whose, place, eventAt }, refused)))
  if (refused.length > 0) throw new MessageRefused([...refused.flat(), ...othersTaken(panels.length - refused.length)])
  return [...new Set([...notes, ...(problems.length > 0 ? reasonOf(problems).split('\n') : [])])]
}

interface Circumstances {
  whose: Whose
  place: DocumentPlace
  eventAt: Date
}

async function putResult(
  { intake, keyFor, signal, requestId }: Errand,
  number: number,
  result: ResultInMessage,
  { whose, place, eventAt }: Circumstances,
  refused: (readonly Fault[])[],
): Promise<string[]> {
  const input = {
    ...result,
    ...whose,
    ...place,
    idempotencyKey: keyFor(`result-${number}`),
    eventAt: eventAt.toISOString(),
  }
  const { recordTestResult: outcome } = await intake.graph.write(
    RecordTestResultDocument,
    { input },
    { signal, requestId },
  )
  switch (outcome.__typename) {
    case 'TestResultRecorded':
      return outcome.flags.flatMap((flag) => noteOf[flag] ?? [])
    case 'DocumentPatientMismatch':
      // Whoever has the number wrong once may have it wrong in every panel.
      return refuse('OBR-3', anotherPatients)
    case 'DocumentIncomplete':
      refused.push([
        {
          where: placeIn(whereOf, outcome.field) ?? 'OBR',
          what: `OBR ${number} cannot be taken: ${incompleteIn(outcome)}`,
        },
      ])
      return []
    default:
      return outcome satisfies never
  }
}

const othersTaken = (count: number): Fault[] =>
  count === 0 ? [] : [{ where: 'OBR', what: `the other panels of this message (${count}) were taken.` }]

const whereOf: Record<string, string> = {
  hospitalId: 'OBR-3',
  panel: 'OBR-4',
  status: 'OBR-25',
  laboratory: 'OBX-23',
  collectedAt: 'OBR-7',
  reportedAt: 'OBR-22',
  observations: 'OBX',
  report: 'OBX-5',
  pdf: 'OBX-5',
}
