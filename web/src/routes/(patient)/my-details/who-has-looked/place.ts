import { error } from '@sveltejs/kit'
import { type Part, parts, type Spot } from './looks.ts'

/** Where a page begins: after which row, and from which cursor on each list must be read to meet all that follows. */
export interface Place {
  before: Spot | undefined
  after: Record<Part, string | null>
}

const address = '/my-details/who-has-looked'
const written = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([\w~-]{1,64})$/

/** The page as its address says it; the newest page when the address says nothing. */
export function placeIn(query: URLSearchParams): Place {
  const [details, appointments, documents] = parts.map((part) => query.get(part))
  return {
    before: spotIn(query.get('before')),
    after: { details: details ?? null, appointments: appointments ?? null, documents: documents ?? null },
  }
}

/** The address of a page. */
export function addressOf({ before, after }: Place): string {
  const cursors = Object.entries(after).filter((it): it is [string, string] => it[1] !== null)
  const query = new URLSearchParams([...(before ? [['before', `${before.at} ${before.id}`]] : []), ...cursors])
  return query.size > 0 ? `${address}?${query}` : address
}

function spotIn(text: string | null): Spot | undefined {
  if (text === null) return undefined
  const [, at = '', id = ''] = written.exec(text) ?? []
  return Number.isNaN(Date.parse(at)) ? error(400, 'The page was asked for in a way we do not understand') : { at, id }
}
