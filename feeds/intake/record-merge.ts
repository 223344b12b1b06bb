import { MergePatientsDocument, UnmergePatientsDocument } from '../../client/main.ts'
import { MessageRefused, refuse, type Fault } from '../hl7/fault.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readMerges, readSeparated } from '../reading/merges.ts'
import type { Errand, Reaction } from './intake.ts'
import { putPerson } from './record-person.ts'

/** ADT^A40: the record that stays is refreshed, then each retired number leads to it. */
export const recordMerge: Reaction = async (errand) => {
  const faults: Fault[] = []
  const eventAt = readEventTime(errand.message, errand.intake.now(), faults)
  const merges = readMerges(errand.message, faults)
  if (faults.length > 0) throw new MessageRefused(faults)
  const notes: string[] = []
  for (const [index, { person, retired }] of merges.entries()) {
    const recorded = await putPerson(errand, person, eventAt, `person-${index}`)
    notes.push(...recorded.notes)
    const surviving = person.hospitalNumber ?? recorded.hospitalNumber
    if (!surviving) return refuse('PID-3', noNumber)
    for (const [place, number] of retired.entries())
      await merge(errand, `merge-${index}-${place}`, surviving, number, eventAt)
  }
  return [...new Set(notes)]
}

/** ADT^A37: the two are two people again. Where the message leaves open which of them was retired, neither is. */
export const recordSeparation: Reaction = async (errand) => {
  const faults: Fault[] = []
  const eventAt = readEventTime(errand.message, errand.intake.now(), faults)
  const { person, retired, eitherWay } = readSeparated(errand.message, faults)
  if (!person.hospitalNumber) faults.push({ where: 'PID-3', what: noNumber })
  if (faults.length > 0) throw new MessageRefused(faults)
  const surviving = String(person.hospitalNumber)
  for (const [place, number] of retired.entries()) {
    const refusal = await unmerge(errand, `unmerge-${place}`, surviving, number, eventAt)
    const reversed = eitherWay && (await unmerge(errand, `unmerge-reversed-${place}`, number, surviving, eventAt))
    if (refusal && (!eitherWay || reversed)) refuse('PID-3', refusal)
  }
  return []
}

const noNumber = 'the record that stays has no hospital number. Send it in PID-3.1.'

async function merge(
  { intake, keyFor, signal, requestId }: Errand,
  step: string,
  survivingHospitalNumber: string,
  retiredHospitalNumber: string,
  eventAt: Date,
): Promise<void> {
  const input = {
    idempotencyKey: keyFor(step),
    eventAt: eventAt.toISOString(),
    survivingHospitalNumber,
    retiredHospitalNumber,
  }
  const { mergePatients } = await intake.graph.write(MergePatientsDocument, { input }, { signal, requestId })
  if (mergePatients.__typename === 'PatientsNotMerged') refuse('MRG-1', mergePatients.message)
}

/** Why not, when they were not one. */
async function unmerge(
  { intake, keyFor, signal, requestId }: Errand,
  step: string,
  survivingHospitalNumber: string,
  retiredHospitalNumber: string,
  eventAt: Date,
): Promise<string | undefined> {
  const input = {
    idempotencyKey: keyFor(step),
    eventAt: eventAt.toISOString(),
    survivingHospitalNumber,
    retiredHospitalNumber,
  }
  const { unmergePatients } = await intake.graph.write(UnmergePatientsDocument, { input }, { signal, requestId })
  return unmergePatients.__typename === 'PatientsNotMerged' ? unmergePatients.message : undefined
}
