import { type OrganisationSharingFragment, SharingDocument } from '#lib/graph/index.ts'
import { found } from './found.ts'

/** What each partner organisation can see of the person who is logged in. */
export async function sharingOf({ graph }: App.Locals): Promise<OrganisationSharingFragment[]> {
  return found((await graph.read(SharingDocument, {})).me).sharing
}

/** What one organisation can see, or the page that says that there is no such organisation. */
export async function sharingWith(locals: App.Locals, code: string): Promise<OrganisationSharingFragment> {
  return found((await sharingOf(locals)).find(({ organisationCode }) => organisationCode === code))
}
