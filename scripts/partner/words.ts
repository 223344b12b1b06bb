/** A client as the graph shows it. */
export interface Shown {
  readonly id: string
  readonly organisationCode: string
  readonly organisationName: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly keyIds: readonly string[]
  readonly keysUrl: string | null
  readonly operationHashes: readonly string[] | null
}

/** What a client is and may do, on one line each. */
export const factsOf = ({ id, scopes, keyIds, keysUrl, operationHashes }: Shown): string => `
  Client id    ${id}
  Scopes       ${scopes.join(', ')}
  Keys         ${keysUrl ?? keyIds.join(', ')}
  Operations   ${operationHashes ? `${operationHashes.length} and no other` : 'any'}
`

/** What whoever registered a client tells the partner. */
export const registered = (client: Shown, graph: string): string => `
${client.name} of ${client.organisationName} (${client.organisationCode}) may ask for tokens.
${factsOf(client)}
  Tokens       ${graph}/oauth/token
  Graph        ${graph}/graphql

It is shown records that are shared with ${client.organisationCode}, and no other: patients choose that on the site, and the
hospital can: npm run partner -- share <hospital number> --organisation ${client.organisationCode} --categories ...
`

/** A client after a change. */
export const changed = (client: Shown): string =>
  `${client.name} of ${client.organisationName} (${client.organisationCode}), from its next request on:\n${factsOf(client)}`

type Listed = Shown & { readonly lastUsedAt: string | null; readonly revokedAt: string | null }

/** Every client, by organisation. */
export function list(clients: readonly Listed[]): string {
  if (!clients.length) return 'No system of a partner is registered yet: npm run partner -- help\n'
  return clients
    .map((it) => `${it.name} of ${it.organisationName} (${it.organisationCode}), ${use(it)}${factsOf(it)}`)
    .join('\n')
}

const use = ({ lastUsedAt, revokedAt }: Listed) =>
  revokedAt
    ? `revoked ${day(revokedAt)}`
    : lastUsedAt
      ? `last given a token ${day(lastUsedAt)}`
      : 'has not asked for a token yet'
const day = (instant: string) => instant.slice(0, 10)
