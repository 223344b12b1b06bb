import { randomInt } from 'node:crypto'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import type { Category } from './sharing.ts'

/** Somebody partners ask for, as a test knows them. */
export interface Sharer {
  /** Every id of their record, the current one first. */
  readonly ids: readonly string[]
  readonly nhsNumber: string
  readonly bornOn: string
  /** False of whoever no partner finds, whatever is shared: under age, kept out, deceased. */
  readonly findable: boolean
  /** What each organisation may see now. */
  readonly shares: Map<string, ReadonlySet<Category>>
  /** How much each id has: appointments to come, letters, results. */
  readonly has: ReadonlyMap<
    string,
    { readonly appointments: number; readonly letters: number; readonly results: number }
  >
}

/** What is asked of one list: which fields, whether it names things, and whether what it is asked with is refused. */
interface Part {
  readonly text: string
  readonly names: boolean
  readonly kinds?: 'letters' | 'results'
  readonly refused?: boolean
}

const nodes = (within: string) => ({ text: `nodes { ${within} }`, names: true })
const appointmentParts: Part[] = [
  { text: 'totalCount pageInfo { hasNextPage }', names: false },
  { text: 'nodes { __typename }', names: false },
  nodes('id status'),
  nodes('startsAt clinic { name contact { team } } place { site }'),
  { ...nodes('id'), refused: true },
]
const documentParts: Part[] = [
  { text: 'totalCount', names: false },
  nodes('id title'),
  { ...nodes('... on TestResult { panel observations { name value range { text } } }'), kinds: 'results' },
  { ...nodes('title writtenOn'), kinds: 'letters' },
  { ...nodes('title'), refused: true },
]
const details = ['__typename', 'id', 'nhsNumber name { full }', 'bornOn sharedWithYou needs { transport letterFormat }']
/** What no partner may ask: the whole request is refused for it. */
const forbidden = ['mobile', 'address { lines }', 'sessions { id }', 'detailsAccesses { nodes { id } }']

export interface PartnerRequest {
  readonly query: string
  readonly variables: Record<string, unknown>
  /** Who answers something of whose: `documents 3f…`. */
  readonly leaves: ReadonlySet<string>
}

const oneOf = <It>(all: readonly It[]): It => all[randomInt(all.length)] as It
const sometimes = (percent: number) => randomInt(100) < percent

/** Any request of this partner for these people, and what it must leave in the audit. */
export function anyRequest(viewer: Viewer, people: readonly Sharer[]): PartnerRequest {
  const who = oneOf(people)
  const appointments = sometimes(60) ? oneOf(appointmentParts) : undefined
  const documents = sometimes(60) ? oneOf(documentParts) : undefined
  const isForbidden = sometimes(4)
  const within = [oneOf(details), ...(isForbidden ? [oneOf(forbidden)] : [])]
  if (appointments) within.push(...appointmentsIn(appointments))
  if (documents) within.push(...documentsIn(documents))
  const variables = { n: who.nhsNumber, d: who.bornOn, ...wrongOnes() }
  const second = sometimes(10) ? oneOf(people) : undefined
  const others = second
    ? `other: patientByNhsNumber(nhsNumber: "${second.nhsNumber}", bornOn: "${second.bornOn}") { id }`
    : ''
  const query = `query Look($n: String!, $d: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $d) { ${within.join(' ')} } ${others} }`
  const scopes = [
    'patients.read',
    ...(appointments ? ['appointments.read'] : []),
    ...(documents ? ['documents.read'] : []),
    ...(documents?.kinds === 'results' ? ['results.read'] : []),
  ]
  const isAsked = !isForbidden && scopes.every((it) => viewer.scopes.includes(it))
  const shared = who.shares.get(viewer.organisation?.code ?? '') ?? new Set()
  const isFound = who.findable && shared.size > 0 && variables.n === who.nhsNumber && variables.d === who.bornOn
  const leaves = isAsked && isFound ? rowsFor(who, shared, viewer, { appointments, documents }) : new Set<string>()
  return { query, variables, leaves }
}

/** Now and then another number or date: an unknown one, one of nobody, one that cannot be. */
const wrongOnes = () => {
  if (sometimes(85)) return {}
  return oneOf<Record<string, string>>([
    { n: '9990000042' },
    { n: 'nonsense' },
    { d: '1931-02-03' },
    { d: '2999-01-01' },
  ])
}

function appointmentsIn({ text, refused }: Part): string[] {
  const list = `appointments(period: UPCOMING, first: ${refused ? oneOf([0, 51, -1]) : 50}) { ${text} }`
  return sometimes(30) ? [list, `past: appointments(period: PAST) { totalCount }`] : [list]
}

function documentsIn({ text, kinds, refused }: Part): string[] {
  const filter = refused
    ? oneOf(['unread: true', 'trustCode: "RAL"'])
    : kinds === 'results'
      ? 'kinds: [TEST_RESULT]'
      : kinds === 'letters'
        ? 'kinds: [APPOINTMENT_LETTER, LETTER]'
        : ''
  return [`documents(filter: { ${filter} }, first: 50) { ${text} }`]
}

/** Of each subgraph that answers something of theirs a row, and one more for each record whose things it names. */
function rowsFor(
  { ids, has }: Sharer,
  shared: ReadonlySet<Category>,
  { scopes }: Viewer,
  { appointments, documents }: { appointments: Part | undefined; documents: Part | undefined },
): Set<string> {
  const [current = ''] = ids
  const rows = new Set([`patients ${current}`])
  if (appointments && !appointments.refused) {
    rows.add(`appointments ${current}`)
    for (const id of ids)
      if (appointments.names && shared.has('APPOINTMENTS') && has.get(id)?.appointments) rows.add(`appointments ${id}`)
  }
  if (documents && !documents.refused) {
    rows.add(`documents ${current}`)
    const letters = shared.has('LETTERS') && documents.kinds !== 'results'
    const results = shared.has('RESULTS') && documents.kinds !== 'letters' && scopes.includes('results.read')
    for (const id of ids)
      if (documents.names && ((letters && has.get(id)?.letters) || (results && has.get(id)?.results)))
        rows.add(`documents ${id}`)
  }
  return rows
}
