import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../../runtime/context.ts'
import type { PartnerClient } from './partner-client.entity.ts'
import { PartnerToken } from './partner-token.entity.ts'
import { mostKeys, type PublicKey } from './public-keys.ts'

/** Keys that come, keys that go, or a new address for all of them. */
export interface KeyChange {
  readonly added: readonly PublicKey[]
  readonly removed: ReadonlySet<string>
  readonly keysUrl: string | undefined
}

/** Why a client's keys cannot be changed like this, in words that say what to do. */
export function whyNotChangeKeys(client: PartnerClient, { added, removed, keysUrl }: KeyChange): string | undefined {
  if (keysUrl !== undefined) return undefined
  if (client.keysUrl != null && removed.size)
    return `The keys of this client are at ${client.keysUrl}: remove them there.`
  const unknown = [...removed].filter((it) => !client.keyIds.includes(it))
  if (unknown.length) return `This client has no key "${unknown.join('", "')}". It has "${client.keyIds.join('", "')}".`
  const after = keysAfter(client, { added, removed })
  // Also when that key goes: what it signed a moment ago must not pass as signed with the new one.
  const other = added.find((key) => client.keys.some((it) => it.kid === key.kid && !isDeepStrictEqual(it, key)))
  if (other) return `This client has another key with the kid "${other.kid}". Give the new key a kid of its own.`
  if (after.length > mostKeys) return `A client has ${mostKeys} keys at most. Remove those it no longer uses first.`
  if (!after.length && client.keysUrl == null)
    return 'This client would have no key left. Add the new one first, or revoke the client.'
  return undefined
}

/** Changes the keys, and ends every token whose key goes, or went before it was kept. */
export async function changeKeys({ em }: Context, client: PartnerClient, change: KeyChange): Promise<void> {
  const { added, removed, keysUrl } = change
  const kept = client.keyIds.filter((it) => !removed.has(it))
  if (keysUrl !== undefined) {
    if (keysUrl === client.keysUrl) return
    Object.assign(client, { keys: [], keysUrl })
    await em.nativeDelete(PartnerToken, { clientId: client.id })
  } else if (added.length || removed.size) {
    Object.assign(client, { keys: keysAfter(client, change), keysUrl: null })
    await em.nativeDelete(PartnerToken, { clientId: client.id, keyId: { $nin: kept } })
  }
}

/** A key that is there already, under the same kid, is not added again. */
function keysAfter({ keys }: PartnerClient, { added, removed }: Pick<KeyChange, 'added' | 'removed'>): PublicKey[] {
  const kept = keys.filter(({ kid }) => !removed.has(kid))
  return [...kept, ...added.filter((key) => !kept.some((it) => isDeepStrictEqual(it, key)))]
}
