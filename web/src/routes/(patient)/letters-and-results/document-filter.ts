import type { DocumentFilter, DocumentKind } from '#lib/graph/index.ts'
import type { FormProblem } from '#lib/forms/answers.ts'

const MOST_CHARACTERS = 100

/** The kinds of documents as people look for them. */
export const kindChoices = {
  appointments: 'Appointment and admission letters',
  clinic: 'Letters after a clinic',
  discharge: 'Discharge summaries',
  other: 'Other letters',
  results: 'Test results',
} as const
export type KindChoice = keyof typeof kindChoices

const kindsOf: Record<KindChoice, DocumentKind[]> = {
  appointments: ['APPOINTMENT_LETTER', 'ADMISSION_LETTER'],
  clinic: ['OUTCOME_LETTER'],
  discharge: ['DISCHARGE_SUMMARY'],
  other: ['LETTER'],
  results: ['TEST_RESULT'],
}

/** What the list is narrowed down to, as its form and its address say it. */
export interface ChosenFilter {
  search: string
  kind: KindChoice | ''
  /** The ODS code of a hospital; empty for all. */
  hospital: string
  unread: boolean
}

/** Reads the address of the list. What nobody can have chosen on the page is as good as not chosen. */
export function chosenFilter(query: URLSearchParams): ChosenFilter {
  const kind = query.get('kind') ?? ''
  const hospital = query.get('hospital') ?? ''
  return {
    search: (query.get('search') ?? '').trim().replaceAll(/\s+/g, ' '),
    kind: Object.hasOwn(kindChoices, kind) ? (kind as KindChoice) : '',
    hospital: /^[A-Z\d]{3,10}$/.test(hospital) ? hospital : '',
    unread: query.get('unread') === 'yes',
  }
}

/** What is wrong with a search. */
export function searchProblems({ search }: ChosenFilter): FormProblem[] {
  if (search.length <= MOST_CHARACTERS) return []
  const message = `Search for ${MOST_CHARACTERS} characters or fewer. You entered ${search.length}`
  return [{ field: 'search', message }]
}

/** Whether the list is narrowed down at all. */
export const isNarrowed = ({ search, kind, hospital, unread }: ChosenFilter): boolean =>
  search !== '' || kind !== '' || hospital !== '' || unread

/** The filter as the graph takes it. */
export function filterFor({ search, kind, hospital, unread }: ChosenFilter): DocumentFilter {
  return {
    ...(search !== '' && { search }),
    ...(kind !== '' && { kinds: kindsOf[kind] }),
    ...(hospital !== '' && { trustCode: hospital }),
    ...(unread && { unread: true }),
  }
}

/** The address of the list as it is chosen, with more to say to it, or something else chosen. */
export function listAddress(chosen: ChosenFilter, more: Record<string, string> = {}): string {
  const { search, kind, hospital, unread } = chosen
  const all = { search, kind, hospital, unread: unread ? 'yes' : '', ...more }
  const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''))
  return `/letters-and-results${query.size > 0 ? `?${query}` : ''}`
}
