import { defineEntity, p } from '@mikro-orm/core'

const PartnerAssertionTable = defineEntity({
  name: 'PartnerAssertion',
  properties: {
    clientId: p.string().primary(),
    /** Of its `jti`, which can be of any length. */
    tokenIdHash: p.string().primary(),
    usedAt: p.datetime(3),
    /** From then on it is refused for its age. */
    expiresAt: p.datetime(3),
  },
  indexes: [{ name: 'partner_assertion_used', properties: ['clientId', 'usedAt'] }],
})

/** An assertion with which a partner has asked for a token: it works once. */
export class PartnerAssertion extends PartnerAssertionTable.class {}
PartnerAssertionTable.setClass(PartnerAssertion)
