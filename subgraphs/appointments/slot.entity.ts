import { defineEntity, p } from '@mikro-orm/core'
import { Clinic } from './clinic.entity.ts'

const SlotTable = defineEntity({
  name: 'Slot',
  properties: {
    id: p.string().primary(),
    clinicCode: () => p.manyToOne(Clinic).mapToPk().joinColumn('clinic_code').index(false),
    /** The hospital's own identifier. None when a booking came for which the hospital had published no slot. */
    hospitalId: p.string().nullable(),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    clinician: p.text().nullable(),
    /** How many may hold it at once. */
    capacity: p.integer().default(1),
  },
  uniques: [{ name: 'slot_hospital_id', properties: ['hospitalId'] }],
  indexes: [{ name: 'slot_of_clinic', properties: ['clinicCode', 'startsAt'] }],
})

/** A time of a clinic, and of a clinician, that appointments can hold. */
export class Slot extends SlotTable.class {
  /** Whether it was published just so. */
  says(facts: Pick<Slot, 'clinicCode' | 'startsAt' | 'endsAt' | 'clinician' | 'capacity'>): boolean {
    return (
      this.clinicCode === facts.clinicCode &&
      +this.startsAt === +facts.startsAt &&
      +this.endsAt === +facts.endsAt &&
      (this.clinician ?? null) === (facts.clinician ?? null) &&
      this.capacity === facts.capacity
    )
  }

  /** Whether a booking with this clinician, or with none named, can be this slot. */
  suits(clinician: string | null): boolean {
    return this.clinician == null || clinician === null || this.clinician === clinician
  }
}
SlotTable.setClass(Slot)
