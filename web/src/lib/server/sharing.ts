import { type OrganisationSharingFragment, SharingDocument } from '#lib/graph/index.ts'
import { found } from './found.ts'

/** What each partner organisation can see of the person who is logged in. */
export async function sharingOf({ graph }: App.Locals): Promise<OrganisationSharingFragment[]> {
  return found((await graph.read(SharingDocument, {})).me).sharing
}

/** What one organisation can see. One that can ask for nothing any more, and sees nothing, is not known. */
export async function sharingWith(locals: App.Locals, code: string): Promise<OrganisationSharingFragment | undefined> {
  return (await sharingOf(locals)).find(({ organisationCode }) => organisationCode === code)
}
