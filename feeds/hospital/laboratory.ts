import type { HospitalCode, HospitalSection } from './document-segments.ts'
import type { HospitalValue } from './result-messages.ts'

/** One thing the laboratory measures, as it does. */
interface Measured extends HospitalCode {
  readonly unit: string
  /** What is usual: from, to. Either may be missing. */
  readonly usual: readonly [number | undefined, number | undefined]
  /** Somebody must act at once below the first, or above the second. */
  readonly critical?: readonly [number | undefined, number | undefined]
  /** A value as most people have it, and one at which somebody must act. */
  readonly typical: number | `<${number}`
  readonly alarming?: number
}

/** What can be asked of the hospital's laboratory and departments. */
export interface Examination {
  readonly panel: HospitalCode
  /** HL7 table 0074. */
  readonly department: string
  readonly specimen?: HospitalCode
  readonly measures: readonly Measured[]
  readonly report: readonly HospitalSection[]
}

const loinc = (code: string, name: string) => ({ code, name, system: 'LN' as const })
const blood = { code: 'BLD', name: 'Blood', system: 'L' } as const
const perLitre = 'x10^9/L'
const ofBlood = { specimen: blood, report: [] }

export const examinations = {
  fbc: {
    ...ofBlood,
    panel: loinc('58410-2', 'Full blood count'),
    department: 'HM',
    measures: [
      {
        ...loinc('718-7', 'Haemoglobin'),
        unit: 'g/L',
        usual: [115, 165],
        critical: [70, 220],
        typical: 131,
        alarming: 62,
      },
      { ...loinc('6690-2', 'White cell count'), unit: perLitre, usual: [4, 11], critical: [1, 50], typical: 6.2 },
      { ...loinc('777-3', 'Platelets'), unit: perLitre, usual: [150, 400], critical: [20, 1000], typical: 251 },
      { ...loinc('787-2', 'Mean cell volume'), unit: 'fL', usual: [80, 100], typical: 88 },
    ],
  },
  kidney: {
    ...ofBlood,
    panel: loinc('24362-6', 'Kidney function'),
    department: 'CH',
    measures: [
      { ...loinc('2951-2', 'Sodium'), unit: 'mmol/L', usual: [133, 146], critical: [120, 155], typical: 139 },
      {
        ...loinc('2823-3', 'Potassium'),
        unit: 'mmol/L',
        usual: [3.5, 5.3],
        critical: [2.5, 6.5],
        typical: 4.3,
        alarming: 6.8,
      },
      { ...loinc('22664-7', 'Urea'), unit: 'mmol/L', usual: [2.5, 7.8], typical: 5.4 },
      { ...loinc('14682-9', 'Creatinine'), unit: 'umol/L', usual: [45, 84], typical: 68 },
      { ...loinc('62238-1', 'Estimated filtration rate'), unit: 'mL/min/1.73m2', usual: [60, undefined], typical: 91 },
    ],
  },
  liver: {
    ...ofBlood,
    panel: loinc('24325-3', 'Liver function'),
    department: 'CH',
    measures: [
      { ...loinc('14631-6', 'Bilirubin'), unit: 'umol/L', usual: [undefined, 21], typical: 9 },
      {
        ...loinc('1742-6', 'ALT'),
        unit: 'U/L',
        usual: [undefined, 41],
        typical: 24,
        critical: [undefined, 500],
        alarming: 910,
      },
      { ...loinc('6768-6', 'Alkaline phosphatase'), unit: 'U/L', usual: [30, 130], typical: 77 },
      { ...loinc('1751-7', 'Albumin'), unit: 'g/L', usual: [35, 50], typical: 43 },
    ],
  },
  hba1c: {
    ...ofBlood,
    panel: loinc('59261-8', 'HbA1c'),
    department: 'CH',
    measures: [{ ...loinc('59261-8', 'HbA1c'), unit: 'mmol/mol', usual: [undefined, 48], typical: 39 }],
  },
  crp: {
    ...ofBlood,
    panel: loinc('1988-5', 'C-reactive protein'),
    department: 'CH',
    measures: [
      {
        ...loinc('1988-5', 'C-reactive protein'),
        unit: 'mg/L',
        usual: [undefined, 5],
        critical: [undefined, 300],
        typical: '<5',
        alarming: 342,
      },
    ],
  },
  xray: {
    panel: loinc('36643-5', 'X-ray of the chest'),
    department: 'RAD',
    measures: [],
    report: [
      {
        heading: 'Findings',
        paragraphs: ['The heart is of normal size. Both lungs are clear.', 'No broken bone is seen.'],
      },
      { heading: 'Conclusion', paragraphs: ['A normal X-ray of the chest.'] },
    ],
  },
  histology: {
    panel: loinc('11526-1', 'Histology'),
    department: 'SP',
    specimen: { code: 'TISS', name: 'Skin, left shoulder', system: 'L' },
    measures: [],
    report: [
      {
        heading: 'What was seen',
        paragraphs: ['A piece of skin of 8 mm with a mole. Its cells are regular up to the edges.'],
      },
      { heading: 'Conclusion', items: ['A harmless mole, removed completely'] },
    ],
  },
} as const satisfies Record<string, Examination>

export type ExaminationName = keyof typeof examinations

/** What was measured, in the order of the panel: as the laboratory writes it, with its own range and its own flag. */
export function measured(name: ExaminationName, values: readonly (number | string)[]): HospitalValue[] {
  const { measures }: Examination = examinations[name]
  return measures.flatMap((measure, index) => {
    const value = values[index]
    if (value === undefined) return []
    const { code, name: what, system, unit } = measure
    const flag = typeof value === 'number' ? flagOf(value, measure) : undefined
    return [{ test: { code, name: what, system }, value: String(value), unit, range: rangeOf(measure), flag }]
  })
}

function rangeOf({ usual: [low, high] }: Measured): string {
  if (low === undefined) return `<${high}`
  return high === undefined ? `>${low}` : `${low}-${high}`
}

function flagOf(
  value: number,
  { usual: [low = -Infinity, high = Infinity], critical = [undefined, undefined] }: Measured,
) {
  const [lowest = -Infinity, highest = Infinity] = critical
  if (value < lowest) return 'LL'
  if (value > highest) return 'HH'
  if (value < low) return 'L'
  return value > high ? 'H' : 'N'
}
