import { defineEntity, p } from '@mikro-orm/core'

const PartnerTokenTable = defineEntity({
  name: 'PartnerToken',
  properties: {
    tokenHash: p.string().primary(),
    clientId: p.string(),
    /** The key that signed the assertion it was given for: without that key it is worth nothing. */
    keyId: p.string(),
    scopes: p.json<string[]>(),
    expiresAt: p.datetime(3),
  },
  indexes: [
    { name: 'partner_token_client', properties: ['clientId', 'keyId'] },
    { name: 'partner_token_expires', properties: ['expiresAt'] },
  ],
})

/** A token that a partner was given, for 5 minutes at most. Only a hash of it is kept. */
export class PartnerToken extends PartnerTokenTable.class {}
PartnerTokenTable.setClass(PartnerToken)
