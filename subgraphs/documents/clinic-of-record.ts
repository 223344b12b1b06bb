import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { serialise } from '../runtime/serialise.ts'
import type { HospitalDocument } from './hospital-document.entity.ts'
import { KnownClinic } from './known-clinic.entity.ts'

/** The clinic a record is of, of those its sender named. */
export interface ClinicOfRecord {
  readonly clinicCode: string | null
  /** False when codes were given, and none of them is a clinic's. */
  readonly known: boolean
  readonly excluded: boolean
}

type Clinic = Pick<KnownClinic, 'code' | 'excluded'>

/**
 * A sender may name several clinics when it cannot tell which: the first that is known, else the first. One that is kept
 * out is enough to keep the record out: what must not be shown is not shown on a guess. They are locked until the record is
 * written, so that a clinic that is kept out at this moment takes the record with it.
 */
export async function clinicOfRecord(em: EntityManager, codes: readonly string[]): Promise<ClinicOfRecord> {
  const [first = null] = codes
  if (first === null) return { clinicCode: null, known: true, excluded: false }
  const known = await knownOf(em, codes)
  // One that is heard of at this moment has no row to lock yet.
  if (!known.length) await serialise(em, nameOfClinic(first))
  const named = known.length ? known : await knownOf(em, [first])
  const clinic = named.find(({ excluded }) => excluded) ?? named[0]
  return { clinicCode: clinic?.code ?? first, known: clinic !== undefined, excluded: clinic?.excluded ?? false }
}

/** The same, of a record that is sent again: without any code it stays with its clinic, kept out or not. */
export const clinicOfKnown = (
  em: EntityManager,
  { clinicCode }: HospitalDocument,
  codes: readonly string[],
): Promise<ClinicOfRecord> => clinicOfRecord(em, codes.length || !clinicCode ? codes : [clinicCode])

/**
 * Whether the clinic of a booking is kept out. What was heard of it counts: what the graph said of it a moment ago may be older.
 * Of a clinic that nobody here had heard of the graph's word is taken, and kept: its next records find it.
 */
export async function isKeptOut(em: EntityManager, { code, excluded }: Clinic): Promise<boolean> {
  const of = await clinicOfRecord(em, [code])
  if (of.known) return of.excluded
  em.create(KnownClinic, { code, excluded })
  return excluded
}

/** In the order of their codes. */
async function knownOf(em: EntityManager, codes: readonly string[]): Promise<KnownClinic[]> {
  const clinics = await em.find(KnownClinic, { code: { $in: [...codes] } }, { lockMode: LockMode.PESSIMISTIC_READ })
  return codes.flatMap((code) => clinics.filter((it) => it.code === code))
}

export const nameOfClinic = (code: string) => `clinic:${code}`
