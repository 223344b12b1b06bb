import type { RecordTestResultInput } from '../../client/main.ts'
import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { readClinicians } from './clinician.ts'
import { readComments } from './comments.ts'
import { readCodedName } from './coded-name.ts'
import { defined } from './defined.ts'
import { readNotBefore } from './delay.ts'
import type { Findings } from './findings.ts'
import { readMoment } from './moment.ts'
import { isTakenBack, typeOf } from './observation-value.ts'
import { orderGroups, type OrderGroup } from './order-groups.ts'
import { readPanelContent } from './panel-content.ts'

/** What a message says of one panel. */
export type ResultInMessage = Omit<
  RecordTestResultInput,
  'idempotencyKey' | 'eventAt' | 'patientId' | 'formerPatientIds' | 'appointmentId' | 'clinicCodes'
>

/** One OBR of a message: with faults it can never be taken, whatever stands beside it. */
export interface PanelInMessage {
  readonly result: ResultInMessage
  readonly faults: readonly Fault[]
}

/** Reads every OBR of a message with its values, as a result of its own: what is wrong with one is no fault of the others. */
export function readResults(message: Hl7Message, findings: Findings): PanelInMessage[] {
  const groups = orderGroups(message, findings.faults)
  const read = groups.map((group) => {
    const faults: Fault[] = []
    return { result: readResult(message, group, groups, { ...findings, faults }), faults }
  })
  return read.map(({ result, faults }, index) => {
    const isTwice = read.filter((it) => it.result.hospitalId === result.hospitalId).length > 1
    return { result, faults: [...faults, ...(isTwice ? [sentTwice] : [])].map((it) => ofPanel(it, index, read.length)) }
  })
}

const sentTwice: Fault = {
  where: 'OBR-3',
  what: 'two OBR have the same order number and panel. Send each panel once, with all its values after it.',
}

/** Of several panels the sender has to know which. */
const ofPanel = ({ where, what }: Fault, index: number, count: number): Fault =>
  count === 1 ? { where, what } : { where, what: `OBR ${index + 1} cannot be taken: ${what}` }

function readResult(message: Hl7Message, group: OrderGroup, all: OrderGroup[], findings: Findings): ResultInMessage {
  const { obr, orc, notes, observations } = group
  const { now, faults, problems } = findings
  const panel = readPanel(group, findings)
  const specimens = specimensOf(group, all)
  const time = (where: string, value: string | undefined) => ({ where, value })
  const collected = readMoment([time('OBR-7', obr.text(7)), time('SPM-17', specimens[0]?.text(17))], now, problems)
  const reported = readMoment([time('OBR-22', obr.text(22))], now, problems)
  const segments = observations.map(({ obx }) => obx)
  const specimen = readCodedName(specimens[0]?.repetitions(4)[0])?.name ?? obr.text(15, 1, 2) ?? obr.text(15)
  return {
    ...readPanelContent(group, findings),
    hospitalId: identifierOf(message, group, faults),
    panel,
    status: statusOf(group, faults),
    laboratory: laboratoryOf(message, group),
    comments: readComments([...notes, ...notesOfFiles(group)]),
    ...defined({
      department: obr.text(24)?.toUpperCase(),
      requestedBy: readClinicians([obr.repetitions(16), orc?.repetitions(12)]),
      specimen,
      collectedAt: collected?.toISOString(),
      reportedAt: reported?.toISOString(),
      notBefore: readNotBefore(segments, reported ?? collected ?? now, faults),
    }),
  }
}

/** The panel (OBR-4); one that grew out of another result (OBR-26) says of which finding it is. */
function readPanel({ obr }: OrderGroup, { faults }: Findings): RecordTestResultInput['panel'] {
  const panel = readCodedName(obr.repetitions(4)[0])
  if (!panel) faults.push({ where: 'OBR-4', what: 'the panel is missing. Send its code and name: what was asked for.' })
  const finding = obr.text(26, 3)
  const name = panel?.name ?? ''
  return { ...panel, name: finding === undefined ? name : `${name} (${finding})` }
}

/** Sending application, filler's order number (else the placer's) and panel; with the parent result's where there is one. */
function identifierOf({ header }: Hl7Message, { obr }: OrderGroup, faults: Fault[]): string {
  const order = obr.text(3) ?? obr.text(2)
  if (order === undefined)
    faults.push({ where: 'OBR-3', what: "the order number is missing. Send the laboratory's in OBR-3, or OBR-2." })
  const panel = obr.text(4) ?? obr.text(4, 2) ?? obr.text(4, 4)
  const parent = [obr.text(26), obr.text(26, 2)].filter((part) => part !== undefined)
  return [header.text(3), order, panel, ...(parent.length > 0 ? [parent.join('.')] : [])]
    .map((part) => part ?? '')
    .join('^')
}

/** OBR-25; when it is left out, what all the values say of themselves. */
function statusOf({ obr, observations }: OrderGroup, faults: Fault[]): string {
  const values = [...new Set(observations.map(({ obx }) => obx.text(11)))]
  const status = obr.text(25) ?? (values.length === 1 ? values[0] : undefined)
  if (status === undefined)
    faults.push({
      where: 'OBR-25',
      what: 'the status is missing. Send F when final, P while preliminary, C corrected.',
    })
  return status?.toUpperCase() ?? ''
}

/** Who measured: the performing organisation (OBX-23), the producer (OBX-15), else the sending facility. */
function laboratoryOf({ header }: Hl7Message, { observations }: OrderGroup): string {
  const segments = observations.map(({ obx }) => obx)
  const names = [
    ...segments.map((obx) => obx.text(23)),
    ...segments.map((obx) => obx.text(15, 2) ?? obx.text(15)),
    inWords(header.text(4, 2)) ?? header.text(4),
    header.text(3),
  ]
  return names.find((name) => name !== undefined) ?? ''
}

/** A name, and not the number or domain that stands there by the standard. */
const inWords = (text: string | undefined) => (text?.includes(' ') ? text : undefined)

/** A file has no place for comments: what stands after it is said of the whole. */
const notesOfFiles = ({ observations }: OrderGroup) =>
  observations.filter(({ obx }) => typeOf(obx) === 'ED' && !isTakenBack(obx)).flatMap(({ notes }) => notes)

/** The panel's own specimens; without any, those of another panel of the same order: some send them once, at the end. */
function specimensOf(group: OrderGroup, all: OrderGroup[]) {
  if (group.specimens.length > 0) return group.specimens
  const order = group.obr.text(3)
  return all.find((it) => order !== undefined && it.obr.text(3) === order && it.specimens.length > 0)?.specimens ?? []
}
