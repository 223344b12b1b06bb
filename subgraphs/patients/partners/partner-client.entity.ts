import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import type { PublicKey } from './public-keys.ts'

const PartnerClientTable = defineEntity({
  name: 'PartnerClient',
  properties: {
    id: p.string().primary(),
    organisationCode: p.string(),
    organisationName: p.string(),
    name: p.string(),
    scopes: p.json<string[]>(),
    /** Its public keys; none when it has them at `keysUrl`. */
    keys: p.json<PublicKey[]>(),
    keysUrl: p.string().nullable(),
    /** Null: any operation. */
    operationHashes: p.json<string[]>().nullable(),
    createdAt: p.datetime(3),
    lastUsedAt: p.datetime(3).nullable(),
    revokedAt: p.datetime(3).nullable(),
    /** Until when what it asked keeps us busy, in milliseconds: see request-rate.ts, the only one who writes it. */
    busyUntil: p.bigint('number').default(0),
  },
  uniques: [{ name: 'one_live_client', properties: ['organisationCode', 'name'], where: 'revoked_at is null' }],
})

/** A system of a partner organisation that may ask for records, and how it proves who it is. Kept after it was revoked. */
export class PartnerClient extends PartnerClientTable.class {
  declare [OptionalProps]?: 'actorId' | 'keyIds' | 'busyUntil'

  /** As a viewer is named: in the audit, and as the scope of idempotency keys. */
  get actorId() {
    return `partner:${this.id}`
  }

  get keyIds(): string[] {
    return this.keys.map(({ kid }) => kid)
  }

  /** Whether what was signed with this key is still believed. Keys at an address of its own are not known here. */
  trusts(keyId: string): boolean {
    return this.keysUrl != null || this.keyIds.includes(keyId)
  }
}
PartnerClientTable.setClass(PartnerClient)
