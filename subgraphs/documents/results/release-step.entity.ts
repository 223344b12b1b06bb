import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { ReleaseAct } from './release-words.ts'

const ReleaseStepTable = defineEntity({
  name: 'ReleaseStep',
  properties: {
    id: p.string().primary(),
    resultId: p.string(),
    /** From 1. */
    sequence: p.integer(),
    patientId: p.string(),
    clinicCode: p.string().nullable(),
    at: p.datetime(3),
    act: p.enum(() => ReleaseAct),
    /** Who did it; null for the portal itself. */
    byActorId: p.string().nullable(),
    byName: p.text().nullable(),
    reason: p.text().nullable(),
  },
  uniques: [{ name: 'release_step_order', properties: ['resultId', 'sequence'] }],
})

/** What was done to how a result comes to be open. Never changed. */
export class ReleaseStep extends ReleaseStepTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }
}
ReleaseStepTable.setClass(ReleaseStep)
