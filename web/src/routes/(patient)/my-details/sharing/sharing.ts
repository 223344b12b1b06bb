import type { OrganisationSharingFragment, SharingCategory } from '#lib/graph/index.ts'
import type { Sharing } from '#lib/server/sharing.ts'

/** What an organisation can see now. */
export function sharedNow({ categories }: Pick<OrganisationSharingFragment, 'categories'>): SharingCategory[] {
  return categories.filter(({ shared }) => shared).map(({ category }) => category)
}

/** Whether anything is shared, or could come to be without a word of the patient: with a hospital that is here, or one that comes. */
export function canBeStopped({ organisations, stoppedAt }: Sharing): boolean {
  return stoppedAt === null || organisations.some((it) => sharedNow(it).length > 0)
}
