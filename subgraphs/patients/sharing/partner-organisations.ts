import type { Context } from '../../runtime/context.ts'
import { PartnerClient } from '../partners/partner-client.entity.ts'

export interface PartnerOrganisation {
  code: string
  name: string
  /** Whether a system of theirs may ask at all. */
  live: boolean
}

/** Every organisation that a client is or was registered for, by name. */
export async function partnerOrganisations({ em }: Context): Promise<PartnerOrganisation[]> {
  // Not filtered: which organisations there are is no secret, and nothing else of their clients is looked at.
  const clients = await em.find(PartnerClient, {}, { filters: false, orderBy: { createdAt: 'asc', id: 'asc' } })
  const organisations = new Map<string, PartnerOrganisation>()
  // The live ones last: how an organisation is called now is what they say.
  for (const { organisationCode: code, organisationName: name, revokedAt } of clients.sort(revokedFirst))
    organisations.set(code, { code, name, live: revokedAt == null })
  return [...organisations.values()].sort((one, other) => one.name.localeCompare(other.name, 'en-GB'))
}

const revokedFirst = (one: PartnerClient, other: PartnerClient) =>
  Number(one.revokedAt == null) - Number(other.revokedAt == null)

export async function partnerOrganisation(context: Context, code: string): Promise<PartnerOrganisation | undefined> {
  return (await partnerOrganisations(context)).find((it) => it.code === code)
}
