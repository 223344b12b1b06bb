import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import type { Appointment } from '../appointment.entity.ts'
import { ClinicMode } from '../clinic-mode.ts'
import { Clinic } from '../clinic.entity.ts'
import { Medium } from '../medium.ts'

/** Stays of wards and specialties that the hospital has published no clinic for. Whom to phone: the trust's own team. */
const hospitalStay = {
  code: 'HOSPITAL-STAY',
  name: 'Hospital stay',
  specialty: 'Hospital stay',
  mode: ClinicMode.VIEW_ONLY,
  contact: null,
  place: null,
  medium: Medium.FACE_TO_FACE,
  appointmentMinutes: 24 * 60,
  whatToBring: [],
  preparation: [],
}

/**
 * The clinic a stay belongs to: the first of its codes that is known, the one it has, or the general one, which comes into
 * being with its first stay. One that the trust keeps out goes before the others: whatever belongs to it is kept out.
 */
export async function clinicOfStay(
  em: EntityManager,
  codes: readonly string[],
  before: Appointment | null,
): Promise<Clinic> {
  const lock = { lockMode: LockMode.PESSIMISTIC_READ } as const
  const named = await em.find(Clinic, { code: { $in: [...codes] } }, { ...lock, orderBy: { code: 'asc' } })
  const known = codes.map((code) => named.find((clinic) => clinic.code === code)).filter((it) => it !== undefined)
  const clinic = known.find(({ excluded }) => excluded) ?? known[0]
  if (clinic) return clinic
  if (before) return em.findOneOrFail(Clinic, { code: before.clinicCode }, lock)
  const general = await em.findOne(Clinic, { code: hospitalStay.code }, lock)
  if (general) return general
  const first = em.create(Clinic, hospitalStay)
  await em.flush()
  return first
}
