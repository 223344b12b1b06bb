import { defineEntity, p } from '@mikro-orm/core'

const ExcludedClinicTable = defineEntity({ name: 'ExcludedClinic', properties: { code: p.string().primary() } })

/** A clinic the trust keeps out of the portal, as `appointments` tells. */
export class ExcludedClinic extends ExcludedClinicTable.class {}
ExcludedClinicTable.setClass(ExcludedClinic)
