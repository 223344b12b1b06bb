import type { RecordSourceFragment } from '#lib/graph/index.ts'
import type { KnownSource } from '#lib/server/known-sources.ts'
import type { OwnOrMerged } from '#lib/server/own-and-merged.ts'
import { type ChosenFilter, listAddress } from './document-filter.ts'

/** Something to know about the records of a hospital, and the way on, if there is one. */
export interface SourceNotice {
  words: string
  link?: { href: string; words: string }
}

/** What the list was made of. */
export interface SeenSources {
  /** The hospitals that were asked and waited for. */
  sources: readonly RecordSourceFragment[]
  /** Why the others are missing, if they are. */
  without: OwnOrMerged<unknown>['without']
  /** The hospitals by their short names, as far as they are known by now. */
  hospitals: readonly KnownSource[]
  partnerNames: readonly string[]
}

/** Whether records of this hospital are in the list, be they a little old. */
export const isShown = ({ status }: Pick<RecordSourceFragment, 'status'>): boolean =>
  status === 'AVAILABLE' || status === 'STALE'

/** Whether the list holds everything that there is: only then may it say that there is nothing. */
export function isWhole({ sources, without }: SeenSources): boolean {
  return without === undefined && sources.every((source) => isShown(source) || source.status === 'NOT_LINKED')
}

/** What the person must know about the hospitals whose records they look at. */
export function noticesOf(seen: SeenSources, chosen: ChosenFilter, after: string | null): SourceNotice[] {
  const whose = partnersInWords(seen, chosen.hospital)
  switch (seen.without) {
    case undefined:
      return seen.sources.flatMap(({ message }) => (message === null ? [] : [{ words: message }]))
    case 'STILL_WAITING':
      return [
        {
          words: `We are still waiting for ${whose} records.`,
          link: { href: listAddress(chosen, { wait: 'yes', after: after ?? '' }), words: `Show ${whose} records` },
        },
      ]
    case 'AWAY':
      return [
        {
          words: `${whose.charAt(0).toUpperCase()}${whose.slice(1)} records are temporarily unavailable. They are not in this list.`,
          link: { href: listAddress(chosen, { after: after ?? '' }), words: 'Try again' },
        },
      ]
    default:
      return seen.without satisfies never
  }
}

const listFormat = new Intl.ListFormat('en-GB')

/** The hospitals beside this one, or the one that is named: "Royal Free", as shortly as they are known by now. */
export function partnersInWords(
  { hospitals, partnerNames }: Pick<SeenSources, 'hospitals' | 'partnerNames'>,
  hospital = '',
): string {
  const others = hospitals.filter(({ own, trustCode }) => !own && (hospital === '' || trustCode === hospital))
  const names = others.length > 0 ? others.map(({ shortName }) => shortName) : partnerNames
  return names.length > 0 ? listFormat.format(names) : 'other hospitals’'
}
