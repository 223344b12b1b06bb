import { reaction } from '../runtime/reaction.ts'
import { ExcludedClinic } from './excluded-clinic.entity.ts'
import { HospitalDocument } from './hospital-document.entity.ts'

/** A clinic is shown again, and so is what it wrote. */
export const onClinicIncluded = reaction({
  kind: 'clinic.included',
  read: () => Promise.resolve(),
  async write({ em }, _, { clinicCode = '' }) {
    await em.nativeDelete(ExcludedClinic, { code: clinicCode })
    await em.nativeUpdate(HospitalDocument as never, { clinicCode }, { excluded: false } as never)
  },
})
