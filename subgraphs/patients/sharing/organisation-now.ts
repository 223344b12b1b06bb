import type { Context } from '../../runtime/context.ts'
import { partnerOrganisation } from './partner-organisations.ts'
import { liveWords } from './say-sharing.ts'
import { OrganisationSharing } from './sharing.type.ts'

/** What an organisation that was chosen for may see now of the person who asks. */
export async function organisationNow(context: Context, organisationCode: string): Promise<OrganisationSharing> {
  const organisation = await partnerOrganisation(context, organisationCode)
  if (!organisation) throw new Error('sharing: an organisation is gone that clients were registered for')
  const { patientIds } = context.viewer
  const words = (await liveWords(context, patientIds)).filter((it) => it.isAbout(organisationCode))
  return new OrganisationSharing(patientIds[0] ?? '', organisation, words, context.clock.now())
}
