import { defineEntity, p } from '@mikro-orm/core'

const KnownClinicTable = defineEntity({
  name: 'KnownClinic',
  properties: {
    code: p.string().primary(),
    /** The trust keeps it out of the portal. */
    excluded: p.boolean(),
  },
})

/** A clinic of this hospital, as `appointments` tells. */
export class KnownClinic extends KnownClinicTable.class {}
KnownClinicTable.setClass(KnownClinic)
