import { type OrganisationSharingFragment, SharingDocument } from '#lib/graph/index.ts'
import { found } from './found.ts'

/** What a person shares: with each organisation, and since when with no other. */
export interface Sharing {
  organisations: OrganisationSharingFragment[]
  /** When they stopped all sharing; null when they did not. */
  stoppedAt: string | null
}

/** What each partner organisation can see of the person who is logged in. */
export async function sharingOf({ graph }: App.Locals): Promise<Sharing> {
  const { sharing, sharingStoppedAt } = found((await graph.read(SharingDocument, {})).me)
  return { organisations: sharing, stoppedAt: sharingStoppedAt }
}

/** What one organisation can see. One that can ask for nothing any more, and sees nothing, is not known. */
export async function sharingWith(locals: App.Locals, code: string): Promise<OrganisationSharingFragment | undefined> {
  return (await sharingOf(locals)).organisations.find(({ organisationCode }) => organisationCode === code)
}
