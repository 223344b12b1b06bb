import { createGraphClient, type Ask, type Call } from '../graph-client.ts'
import type { Operation } from '../operation.ts'
import type { RetryRules } from '../retry.ts'
import { AccessToken } from './access-token.ts'
import { each, type Page, type PageVariables } from './each.ts'
import { endUserHeaders, type EndUser } from './end-user.ts'
import { addressesOf } from './portal-addresses.ts'
import { signingKey, type PrivateKey } from './signing-key.ts'
import { TokenEndpoint } from './token-endpoint.ts'

const partnerScopes = ['patients.read', 'appointments.read', 'documents.read', 'results.read']

/** Who you are, for whom you ask, and where. */
export interface PortalClientSettings {
  /** Where the graph is: `https://graph.example.nhs.uk/graphql`. https, except on this machine. */
  url: string
  /** As the portal calls itself, where that is not `url` without its `/graphql`. */
  issuer?: string | undefined
  /** Where tokens are given; the portal says it itself at its `/.well-known/openid-configuration`. */
  tokenUrl?: string | undefined
  /** As the hospital registered you. */
  clientId: string
  /** RSA (signs RS512, or PS512 when a JWK says so), EC P-384 (ES384) or Ed25519. */
  privateKey: PrivateKey
  /** The `kid` under which its public key is registered. Left out: that of the JWK, or else its fingerprint (RFC 7638). */
  keyId?: string | undefined
  /** The person for whom you ask. Others: `portal.for(...)`. */
  endUser: EndUser
  /** What tokens are for: what you were registered for, or less. Everything a partner can be given, when left out. */
  scopes?: readonly string[] | undefined
  /** Another way to send a request, for example through a proxy. */
  fetch?: typeof fetch | undefined
  /** Milliseconds that one attempt may take, and one question for a token. 10,000. */
  timeout?: number | undefined
  retry?: Partial<RetryRules> | undefined
}

/** The graph, as a partner's system meets it. */
export interface PortalClient {
  /** Asks. Tried again while the portal cannot be reached or asks to wait a moment. */
  read: Ask
  /** Every item of a list, over all its pages: `for await (const letter of portal.each(...))`. */
  each<Data, Variables extends PageVariables, Item>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    listIn: (data: Data) => Page<Item> | null | undefined,
    call?: Call,
  ): AsyncGenerator<Item, void, undefined>
  /** The same client, with the same token, for another of your users. */
  for(endUser: EndUser): PortalClient
}

/** Makes the client of a partner organisation. Throws a TypeError that names the setting that is wrong. */
export function createPortalClient(settings: PortalClientSettings): PortalClient {
  const { clientId, scopes = partnerScopes, timeout = 10_000, fetch: send = fetch, retry } = settings
  if (!clientId) throw new TypeError('clientId: is missing. Give the id under which the hospital registered you')
  const { url, issuer, tokenUrl } = addressesOf(settings)
  const key = signingKey(settings.privateKey, settings.keyId)
  const endpoint = new TokenEndpoint({ issuer, tokenUrl, clientId, signingKey: key, scopes, fetch: send, timeout })
  const bearer = new AccessToken(() => endpoint.grant())

  const clientFor = (endUser: EndUser): PortalClient => {
    const { read } = createGraphClient({ url, bearer, headers: endUserHeaders(endUser), fetch: send, timeout, retry })
    return {
      read,
      each: (operation, variables, listIn, call) =>
        each(async (after) => listIn(await read(operation, { ...variables, after }, call)), variables.after),
      for: clientFor,
    }
  }
  return clientFor(settings.endUser)
}
