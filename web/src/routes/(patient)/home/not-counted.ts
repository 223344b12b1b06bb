import { partnersInWords, type SeenSources } from '../letters-and-results/notices.ts'

/**
 * What the number of unread letters and results leaves out, in words; nothing when it leaves out nothing. A hospital that
 * shares nothing with this person, or knows nobody who is them, is no news: the list says it.
 */
export function notCounted(seen: SeenSources | undefined): string | undefined {
  if (!seen) return 'We cannot see just now whether there is something new to read.'
  const away = seen.sources.filter(({ status }) => status === 'UNAVAILABLE')
  const hasOthers = seen.partnerNames.length > 0 || seen.hospitals.some(({ own }) => !own)
  switch (seen.without) {
    case undefined:
      return away.length > 0 ? unavailable(partnersInWords({ hospitals: away, partnerNames: [] })) : undefined
    case 'STILL_WAITING':
      return hasOthers
        ? `There may be more to read in ${partnersInWords(seen)} records. We are still waiting for them.`
        : undefined
    case 'AWAY':
      return hasOthers ? unavailable(partnersInWords(seen)) : undefined
    default:
      return seen.without satisfies never
  }
}

const unavailable = (whose: string) =>
  `There may be more to read in ${whose} records, which are temporarily unavailable.`
