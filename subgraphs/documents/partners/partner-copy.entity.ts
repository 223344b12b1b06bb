import { defineEntity, p } from '@mikro-orm/core'

const PartnerCopyTable = defineEntity({
  name: 'PartnerCopy',
  properties: {
    patientId: p.string().primary(),
    trustCode: p.string().primary(),
    /** HMAC of NHS number and date of birth: a copy of what another identity showed is nobody's. */
    identity: p.string(),
    fetchedAt: p.datetime(3),
    /** What the partner said, sealed with a key that is not in the database. */
    sealed: p.text(),
  },
  indexes: [{ name: 'partner_copy_age', properties: ['fetchedAt'] }],
})

/** What a partner's system last said of a patient, kept for a day in case it does not answer. */
export class PartnerCopy extends PartnerCopyTable.class {}
PartnerCopyTable.setClass(PartnerCopy)
