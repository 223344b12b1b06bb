import type { Arrivals } from '../arrivals.ts'
import type { Log } from '../log.ts'
import type { Overload } from '../overload.ts'
import { badInput } from '../problem.ts'
import { json } from '../reply.ts'
import type { Endpoint } from '../reply.ts'
import type { SubgraphTransport } from '../subgraph.ts'
import { AddressBound } from './address-bound.ts'
import { AuthorizationServer } from './authorization-server.ts'
import { KeysInUse } from './keys-in-use.ts'
import { metadata } from './metadata.ts'
import { PartnerClients } from './partner-clients.ts'
import { paths } from './provider-settings.ts'
import type { KeyHosts } from './remote-keys.ts'
import { RemoteKeys } from './remote-keys.ts'
import { tokenEndpoint } from './token-endpoint.ts'

export { paths } from './provider-settings.ts'
export { tokenProblemReply } from './token-refusal.ts'

/** What the endpoints for partners' systems work with. */
export interface PartnerTokenParts {
  /** Our address as partners know it: the issuer of tokens. Known once the door is open. */
  issuer: () => string
  clients: PartnerClients
  remoteKeys: RemoteKeys
  arrivals: Arrivals
  overload: Overload
  isStopping: () => boolean
  proxyHops: number
  timeLimitMs: number
  log: Log
}

/** The systems of partners, their keys at addresses of their own, and the eye that is kept on those. */
export function partnerSystems(patients: SubgraphTransport, keyHosts: KeyHosts, log: Log) {
  const clients = new PartnerClients(patients, log)
  const remoteKeys = new RemoteKeys(keyHosts)
  return { clients, remoteKeys, keysInUse: new KeysInUse(clients, remoteKeys, log) }
}

/** Where systems of partners learn how to get a token, and get one. Nothing else of oidc-provider can be reached. */
export function partnerTokens(parts: PartnerTokenParts): Record<string, Endpoint> {
  const { clients, remoteKeys } = parts
  let opened: AuthorizationServer | undefined
  const server = () => (opened ??= new AuthorizationServer(parts.issuer(), clients, remoteKeys))
  return {
    [paths.token]: tokenEndpoint({ ...parts, server, bound: new AddressBound() }),
    [paths.metadata]: readOnly(async () => metadata(await server().metadata())),
    // Tokens are opaque: there is no signature of ours to check.
    [paths.keys]: readOnly(() => ({ keys: [] })),
  }
}

const readOnly =
  (read: () => unknown): Endpoint =>
  async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD') throw badInput('This is read with GET.', 405)
    return json(200, await read())
  }
