import type { OrganisationSharingFragment, SharingCategory } from '#lib/graph/index.ts'

/** What an organisation can see now. */
export function sharedNow({ categories }: Pick<OrganisationSharingFragment, 'categories'>): SharingCategory[] {
  return categories.filter(({ shared }) => shared).map(({ category }) => category)
}

/** Whether anything is shared, or could come to be without a word of the patient. */
export function canBeStopped(organisations: readonly OrganisationSharingFragment[]): boolean {
  return organisations.some(({ categories }) => categories.some(({ shared, since }) => shared || since === null))
}

/** How a form says what could be seen when it was shown. */
export const asSeen = (categories: readonly SharingCategory[]): string => [...categories].sort().join(' ')

/**
 * Whether somebody changed what an organisation can see while a form was open. A form that was sent twice finds what it
 * asked for itself: that is no change.
 */
export function changedMeanwhile(seen: string, now: readonly SharingCategory[], wanted: readonly SharingCategory[]) {
  return asSeen(now) !== seen && asSeen(now) !== asSeen(wanted)
}
