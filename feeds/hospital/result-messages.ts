import { writeTimestamp } from '../hl7/timestamp.ts'
import { writeClinician, writeMessage, writeSegment as segment, writeText as text } from '../hl7/writing.ts'
import {
  type HospitalCode,
  type HospitalSection,
  type HospitalVisit,
  type Observation,
  observationSegments,
  pdfObservation,
  textObservations,
  visitSegment,
  writeCode,
} from './document-segments.ts'
import { header, identification, type Envelope, type HospitalPerson } from './person-segments.ts'

/** One value of a panel. */
export interface HospitalValue {
  readonly test: HospitalCode
  /** "135", "<5", "Not detected". */
  readonly value: string
  readonly unit?: string | undefined
  /** "115-165", "<48". */
  readonly range?: string | undefined
  /** HL7 table 0078: L, H, LL, HH. */
  readonly flag?: string | undefined
}

/** A test result as the hospital's laboratory or a department would send it. */
export interface HospitalResult extends HospitalVisit {
  readonly orderNumber: string
  readonly panel: HospitalCode
  /** HL7 table 0074: HM, CH, RAD, SP. */
  readonly department: string
  /** P preliminary, F final, C corrected, X taken back. */
  readonly status: 'P' | 'F' | 'C' | 'X'
  readonly requestedBy?: string | undefined
  readonly specimen?: HospitalCode | undefined
  readonly collectedAt: Date
  readonly reportedAt: Date
  readonly values?: readonly HospitalValue[] | undefined
  readonly report?: readonly HospitalSection[] | undefined
  readonly comments?: readonly string[] | undefined
  readonly pdf?: string | undefined
}

/** ORU^R01: a result, or what became of it: the same order number and panel replace it. */
export function reportResult(person: HospitalPerson, result: HospitalResult, envelope: Envelope): string {
  const { status, values = [], report = [], comments = [], pdf } = result
  const observations = [
    ...values.map((it) => valueObservation(it, result)),
    ...report.flatMap((it) => textObservations(it, status)),
    ...(pdf === undefined ? [] : [pdfObservation(pdf, status)]),
  ]
  return writeMessage([
    header('ORU^R01^ORU_R01', envelope, 'LAB'),
    identification(person, envelope),
    ...visitSegment(result),
    segment('ORC', { 1: 'RE', 3: `${text(result.orderNumber)}^LAB` }),
    requestSegment(result),
    ...comments.map((comment, index) => segment('NTE', { 1: String(index + 1), 2: 'L', 3: text(comment) })),
    ...observationSegments(status === 'X' ? [] : observations.map((it) => ({ ...it, 23: text(placeOf(result)) }))),
  ])
}

/** Who measured or looked, as patients know the place. */
const placeOf = ({ department }: HospitalResult) =>
  `Watford General Hospital, ${placesByDepartment.get(department) ?? 'blood sciences'}`
const placesByDepartment = new Map([
  ['RAD', 'imaging'],
  ['SP', 'cellular pathology'],
])

function requestSegment(result: HospitalResult): string {
  const { orderNumber, panel, department, status, requestedBy, specimen, collectedAt, reportedAt } = result
  return segment('OBR', {
    1: '1',
    3: `${text(orderNumber)}^LAB`,
    4: writeCode(panel),
    7: writeTimestamp(collectedAt),
    15: specimen && writeCode(specimen).replaceAll('^', '&'),
    16: requestedBy && writeClinician(requestedBy),
    22: writeTimestamp(reportedAt),
    24: department,
    25: status,
  })
}

function valueObservation({ test, value, unit, range, flag }: HospitalValue, result: HospitalResult): Observation {
  const [, comparator, number] = /^([<>]=?)(\d+(?:\.\d+)?)$/.exec(value) ?? []
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value)
  return {
    2: comparator ? 'SN' : isNumber ? 'NM' : 'ST',
    3: writeCode(test),
    5: comparator ? `${comparator}^${number}` : text(value),
    6: text(unit),
    7: text(range),
    8: flag,
    11: result.status,
    14: writeTimestamp(result.collectedAt),
  }
}
