import { randomBytes } from 'node:crypto'
import { writeTimestamp } from '../hl7/timestamp.ts'
import { type Cell, writeComponents as components, writeSegment as segment, writeText as text } from '../hl7/writing.ts'

/** A person as a hospital's own system would send them. What is left out is left empty, and changes nothing. */
export interface HospitalPerson {
  readonly hospitalNumber: string
  readonly nhsNumber?: string | undefined
  readonly title?: string | undefined
  readonly given?: readonly string[] | undefined
  readonly family?: string | undefined
  /** `YYYY-MM-DD` */
  readonly bornOn?: string | undefined
  /** Person stated gender code: 1, 2, 9 or X. */
  readonly sex?: string | undefined
  readonly address?: { readonly lines: readonly string[]; readonly postcode?: string | undefined } | undefined
  readonly homePhone?: string | undefined
  readonly mobile?: string | undefined
  readonly email?: string | undefined
  readonly language?: string | undefined
  /** ODS code. */
  readonly generalPractice?: string | undefined
  readonly deceased?: boolean | undefined
  readonly sensitive?: boolean | undefined
}

/** The envelope: when it happened, and from whom. */
export interface Envelope {
  readonly at: Date
  /** The trust's ODS code. */
  readonly facility?: string | undefined
  readonly controlId?: string | undefined
}

/** MSH of a message of the hospital, from whichever of its systems sends it. */
export const header = (
  type: string,
  { at, facility = 'RWG', controlId = newControlId() }: Envelope,
  application = 'PAS',
) =>
  // MSH-1 is the separator after the name: every other field stands one place further left.
  segment('MSH', {
    1: '^~\\&',
    2: application,
    3: facility,
    4: 'PORTAL',
    5: facility,
    6: writeTimestamp(at),
    8: type,
    9: controlId,
    10: 'P',
    11: '2.4',
    17: 'UNICODE UTF-8',
  })

/** A number of its own for each message. */
const newControlId = (): string => `HB${randomBytes(8).toString('hex').toUpperCase()}`

/** PID, with what is known of the person. */
export function identification(person: HospitalPerson, { facility = 'RWG' }: Envelope): string {
  const nhs = person.nhsNumber && `${text(person.nhsNumber)}^^^NHS^NH`
  const [first = '', ...others] = person.given ?? []
  const name =
    person.family &&
    components(text(person.family), text(first), text(others.join(' ')), '', text(person.title), '', 'L')
  return segment('PID', {
    1: '1',
    3: [`${text(person.hospitalNumber)}^^^${facility}^MR`, nhs].filter((it) => it !== undefined).join('~'),
    5: name,
    7: person.bornOn?.replaceAll('-', ''),
    8: person.sex,
    11: address(person.address),
    13: contacts(person),
    15: person.language,
    30: person.deceased === undefined ? undefined : person.deceased ? 'Y' : 'N',
  })
}

function address(it: HospitalPerson['address']): Cell {
  if (!it) return undefined
  const [street, second, town, ...others] = it.lines
  return components(text(street), text(second), text(town), text(others.join(', ')), text(it.postcode), 'GBR', 'H')
}

const contacts = ({ homePhone, mobile, email }: HospitalPerson): Cell =>
  [
    homePhone && `${text(homePhone)}^PRN^PH`,
    mobile && `${text(mobile)}^PRS^CP`,
    email && `^NET^Internet^${text(email)}`,
  ]
    .filter((it) => it)
    .join('~') || undefined

/** PD1, when there is something to say in it. */
export const practice = ({ generalPractice, sensitive }: HospitalPerson): string[] =>
  generalPractice === undefined && sensitive === undefined
    ? []
    : [
        segment('PD1', {
          3: generalPractice && `^^${text(generalPractice)}`,
          12: sensitive === undefined ? undefined : sensitive ? 'Y' : 'N',
        }),
      ]
