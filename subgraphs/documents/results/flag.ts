import { ObservationFlag } from './observation-words.ts'

/** What a laboratory's flag means. */
export interface ReadFlag {
  readonly flag: ObservationFlag
  /** False when it is a flag that the portal does not know: somebody should look before a patient does. */
  readonly isKnown: boolean
}

/** HL7 v2 table 0078, which FHIR took over as ObservationInterpretation; "*" is what many UK laboratories print. */
const flags: Readonly<Record<string, ObservationFlag>> = {
  N: ObservationFlag.NORMAL,
  L: ObservationFlag.LOW,
  H: ObservationFlag.HIGH,
  // Significantly so, and not critical.
  LU: ObservationFlag.LOW,
  HU: ObservationFlag.HIGH,
  // Below or above what the instrument can measure.
  '<': ObservationFlag.LOW,
  '>': ObservationFlag.HIGH,
  LL: ObservationFlag.CRITICALLY_LOW,
  HH: ObservationFlag.CRITICALLY_HIGH,
  A: ObservationFlag.ABNORMAL,
  '*': ObservationFlag.ABNORMAL,
  AA: ObservationFlag.CRITICALLY_ABNORMAL,
}
/** Changes, susceptibility, presence: known, and nothing about a range. */
const others = new Set('B D U W S R I MS VS SDD NS IND POS NEG DET ND RR NR WR E EX HX LX NULL'.split(' '))

/** The gravest first: of several flags for one value that one counts. */
const byGravity = [
  ObservationFlag.CRITICALLY_ABNORMAL,
  ObservationFlag.CRITICALLY_LOW,
  ObservationFlag.CRITICALLY_HIGH,
  ObservationFlag.ABNORMAL,
  ObservationFlag.LOW,
  ObservationFlag.HIGH,
  ObservationFlag.NORMAL,
]

/** Reads OBX-8, or the code of a FHIR interpretation. Several are parted by "~". Never computed from the value. */
export function readFlag(reported: string | null | undefined): ReadFlag {
  const said = (reported ?? '').split('~').map((it) => it.trim().toUpperCase())
  const given = said.filter((it) => it !== '' && it !== '""')
  const read = new Set(given.filter((it) => Object.hasOwn(flags, it)).map((it) => flags[it]))
  return {
    flag: byGravity.find((it) => read.has(it)) ?? ObservationFlag.NONE,
    isKnown: given.every((it) => Object.hasOwn(flags, it) || others.has(it)),
  }
}

/** Flags on which somebody should act: a clinician looks before the patient does. */
const critical: ReadonlySet<ObservationFlag> = new Set([
  ObservationFlag.CRITICALLY_LOW,
  ObservationFlag.CRITICALLY_HIGH,
  ObservationFlag.CRITICALLY_ABNORMAL,
])
export const isCritical = (flag: ObservationFlag): boolean => critical.has(flag)
