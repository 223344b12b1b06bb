import { defineEntity, p } from '@mikro-orm/core'

const PatientMergeTable = defineEntity({
  name: 'PatientMerge',
  properties: {
    retiredHospitalNumber: p.string().primary(),
    survivingHospitalNumber: p.string(),
    /** When the latest word on this number was said: an older one changes nothing. */
    saidAt: p.datetime(3),
    /** False once the merge was undone. The word is kept, so that an older one that comes late finds it. */
    merged: p.boolean(),
    /** The NHS number that the surviving record got from this one, to give it back. */
    nhsNumber: p.string().nullable(),
  },
})

/** The hospital's latest word on whether a number is another person's record. Kept also for numbers never seen here. */
export class PatientMerge extends PatientMergeTable.class {}
PatientMergeTable.setClass(PatientMerge)
