import type { OrganisationSharingFragment, SharingCategory } from '#lib/graph/index.ts'
import { dayAndDate } from './dates.ts'
import { moment } from './moments.ts'
import { time } from './times.ts'

/** What can be shared, in the order in which it is shown. */
export const categoryWords: Record<SharingCategory, string> = {
  APPOINTMENTS: 'Appointments and hospital stays',
  LETTERS: 'Letters and summaries',
  RESULTS: 'Test results',
}

type SharedCategory = OrganisationSharingFragment['categories'][number]

/** Why an organisation can see a part of a record, or since when it cannot. */
export function whyWords({ shared, basis, chosen, since, until }: Omit<SharedCategory, 'category'>): string {
  const who = chosen ? 'You chose this. ' : ''
  if (!shared) return since ? `${who}Not shared since ${dayAndDate(since)}.` : 'Not shared so far.'
  const from = since ? ` since ${dayAndDate(since)}` : ''
  const why =
    basis === 'CONSENT' ? `You chose this. Shared${from}.` : `Hospital staff share this for your care there${from}.`
  return until ? `${why} This ends ${endWords(until)}.` : why
}

/** What is shared to the end of a day ends at midnight: that day is said, and not the one that begins. */
function endWords(until: string): string {
  if (time(until) !== 'midnight') return `on ${moment(until)}`
  return `at the end of ${dayAndDate(new Date(Date.parse(until) - 1))}`
}

/** What a choice would change: nobody must take how it is for how it will be. */
export function differenceWords(now: boolean, wanted: boolean): string {
  if (now === wanted) return 'No change'
  return now ? 'This changes. They can see it until you save.' : 'This changes. They cannot see it until you save.'
}
