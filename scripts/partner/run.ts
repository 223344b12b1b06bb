import { randomUUID } from 'node:crypto'
import {
  ChangePartnerClientDocument,
  type ChangePartnerClientInput,
  type GraphClient,
  GraphUnavailable,
  PartnerClientsDocument,
  RegisterPartnerClientDocument,
  RevokePartnerClientDocument,
} from '../../client/main.ts'
import { readKeyFile } from './key-file.ts'
import { NotDone } from './not-done.ts'
import { hashesOf } from './operation-files.ts'
import { type KeySource, NotUnderstoodOrder, type Order, readOrder } from './order.ts'
import { share } from './share.ts'
import { usage } from './usage.ts'
import { changed, list, registered } from './words.ts'

/** Where the command is run. */
export interface PartnerSurroundings {
  readonly graph: GraphClient
  /** Where partners reach the portal. */
  readonly publicUrl: string
  readonly now: () => Date
  readonly print: (text: string) => void
  /** Where complaints go. */
  readonly complain: (text: string) => void
}

/** Runs one command on the systems of partners, as it was typed. Answers the exit code. */
export async function runPartner(args: string[], surroundings: PartnerSurroundings): Promise<number> {
  const { print, complain } = surroundings
  try {
    print(await carryOut(readOrder(args), surroundings))
    return 0
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const more = error instanceof GraphUnavailable ? ' Is the portal running? Start it with npm start.' : ''
    complain(error instanceof NotUnderstoodOrder ? `${words}\n\n${usage}` : `${words}${more}\n`)
    return 1
  }
}

async function carryOut(order: Order, surroundings: PartnerSurroundings): Promise<string> {
  const { graph } = surroundings
  switch (order.act) {
    case 'help':
      return usage
    case 'list':
      return list((await graph.read(PartnerClientsDocument, {})).partnerClients)
    case 'register':
      return register(order, surroundings)
    case 'rotate':
      return change(graph, { id: order.id, ...(await keyChange(order)) })
    case 'limit':
      return change(graph, { id: order.id, ...(await limits(order)) })
    case 'revoke':
      return revoke(graph, order.id)
    case 'share':
      return share(order, surroundings)
    default:
      return order satisfies never
  }
}

type OrderTo<Act extends Order['act']> = Extract<Order, { act: Act }>

async function register(
  { act: _, keys, operationFiles, ...facts }: OrderTo<'register'>,
  { graph, publicUrl }: PartnerSurroundings,
): Promise<string> {
  const { file, url } = one(keys)
  if (file === undefined && url === undefined) throw new NotUnderstoodOrder('--keys or --keys-url is missing.')
  const input = {
    idempotencyKey: randomUUID(),
    ...facts,
    ...(file !== undefined && { keys: await readKeyFile(file, keys.kid) }),
    ...(url !== undefined && { keysUrl: url }),
    ...(operationFiles.length && { operationHashes: await hashesOf(operationFiles) }),
  }
  const { registerPartnerClient: outcome } = await graph.write(RegisterPartnerClientDocument, { input })
  if (outcome.__typename === 'PartnerClientNotRegistered') throw new NotDone(outcome.message)
  return registered(outcome.client, publicUrl)
}

type Change = Omit<ChangePartnerClientInput, 'idempotencyKey'>

async function keyChange({ add, removeKeyIds }: OrderTo<'rotate'>): Promise<Omit<Change, 'id'>> {
  const { file, url } = one(add)
  if (file === undefined && url === undefined && !removeKeyIds.length)
    throw new NotUnderstoodOrder('Say which keys to add (--keys, --keys-url), or to remove (--remove).')
  return {
    ...(file !== undefined && { addKeys: await readKeyFile(file, add.kid) }),
    ...(url !== undefined && { keysUrl: url }),
    ...(removeKeyIds.length && { removeKeyIds }),
  }
}

async function limits({ scopes, operationFiles }: OrderTo<'limit'>): Promise<Omit<Change, 'id'>> {
  if (!scopes && !operationFiles)
    throw new NotUnderstoodOrder('Say to what: --scopes, files of operations, or --any-operation.')
  return { ...(scopes && { scopes }), ...(operationFiles && { operationHashes: await hashesOf(operationFiles) }) }
}

async function change(graph: GraphClient, facts: Change): Promise<string> {
  const input = { idempotencyKey: randomUUID(), ...facts }
  const { changePartnerClient: outcome } = await graph.write(ChangePartnerClientDocument, { input })
  if (outcome.__typename === 'PartnerClientNotChanged') throw new NotDone(outcome.message)
  return changed(outcome.client)
}

async function revoke(graph: GraphClient, id: string): Promise<string> {
  const input = { idempotencyKey: randomUUID(), id }
  const { revokePartnerClient: outcome } = await graph.write(RevokePartnerClientDocument, { input })
  if (outcome.__typename === 'PartnerClientNotRevoked') throw new NotDone(outcome.message)
  const { name, organisationName } = outcome.client
  return `${name} of ${organisationName} is revoked: it gets no more tokens, and those it had are over.\n`
}

function one(source: KeySource): KeySource {
  if (source.file !== undefined && source.url !== undefined)
    throw new NotUnderstoodOrder('Name a file of keys (--keys) or their address (--keys-url): one of the two.')
  if (source.kid !== undefined && source.file === undefined)
    throw new NotUnderstoodOrder('--kid names the key of a file: it needs --keys.')
  return source
}
