import { defineEntity, OptionalProps, p } from '@mikro-orm/core'

const StaffMemberTable = defineEntity({
  name: 'StaffMember',
  properties: {
    id: p.string().primary(),
    email: p.string(),
    name: p.string(),
    /** Null: the clinics of the whole hospital. */
    clinicCodes: p.json<string[]>().nullable(),
    /** They release test results to patients, hold them and take them back. */
    releasesResults: p.boolean().default(false),
    passwordHash: p.text(),
    /** The secret that the code app shares, sealed. */
    totpSealed: p.text(),
    /** The latest 30 seconds whose code was used: neither that code nor an older one works again. */
    totpStep: p.integer().nullable(),
    createdAt: p.datetime(3),
    lastLoggedInAt: p.datetime(3).nullable(),
    disabledAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'staff_member_email', properties: ['email'] }],
})

/** Somebody who works at the hospital and has a log in to the staff desk. */
export class StaffMember extends StaffMemberTable.class {
  declare [OptionalProps]?: 'actorId' | 'releasesResults' | 'scopes'

  /** As a viewer is named: in the audit, and as the scope of idempotency keys. */
  get actorId() {
    return `${staffActor}${this.id}`
  }

  /** The clinics whose patients they look after, and whether they release results: as rows are filtered by. */
  get scopes(): string[] {
    const clinics = this.clinicCodes?.map((code) => `clinic:${code}`) ?? ['clinics:*']
    return this.releasesResults ? [...clinics, 'results'] : clinics
  }
}
StaffMemberTable.setClass(StaffMember)

const staffActor = 'staff:'

/** The id of the staff member that a viewer is; of anybody else, an id nobody has. */
export const staffIdOf = ({ actorId }: { actorId: string }): string =>
  actorId.startsWith(staffActor) ? actorId.slice(staffActor.length) : ''
