import { reaction } from '../runtime/reaction.ts'
import { ExcludedClinic } from './excluded-clinic.entity.ts'
import { HospitalDocument } from './hospital-document.entity.ts'

/** The trust keeps a clinic out of the portal from now on: nobody is shown what it wrote. */
export const onClinicExcluded = reaction({
  kind: 'clinic.excluded',
  read: () => Promise.resolve(),
  async write({ em }, _, { clinicCode = '' }) {
    await em.upsert(ExcludedClinic, { code: clinicCode })
    await em.nativeUpdate(HospitalDocument as never, { clinicCode }, { excluded: true } as never)
  },
})
