import type { ExaminationName } from '../../feeds/main.ts'

/** A test result of the demonstration's own hospital, so many days before it is loaded. */
export interface DemonstrationResult {
  readonly order: string
  readonly hospitalNumber: string
  readonly test: ExaminationName
  readonly days: number
  /** In the order of what is measured; left out for a report in words. */
  readonly values?: readonly (number | string)[]
  /** P preliminary, F final, C corrected; final when left out. */
  readonly status?: 'P' | 'F' | 'C'
  readonly requestedBy?: string
  readonly clinic?: string
  readonly comment?: string
}

const amal = 'W100001'
const bernard = 'W100002'
const gladys = 'W100010'
const eyeDoctor = 'Dr Priya Shah'
const heartDoctor = 'Dr Owen Lister'

/** Amal's blood gets better over three years: something to look at in a chart. */
const bloodCounts = [
  [1080, 101, 5.9, 402, 77],
  [850, 108, 6.4, 371, 79],
  [610, 114, 6.1, 322, 82],
  [370, 121, 12.4, 305, 85],
  [130, 127, 6.6, 280, 88],
  [12, 131, 6.3, 262, 89],
].map(([days = 0, ...values], index): DemonstrationResult => ({
  order: `R-310${index + 1}`,
  hospitalNumber: amal,
  test: 'fbc',
  days,
  values,
  requestedBy: heartDoctor,
  clinic: 'CAR1',
}))

/** Bernard's heart medicine is hard on the kidneys: they are watched here too. */
const bernardsKidneys = [
  [720, 139, 4.8, 8.1, 106, 62],
  [480, 138, 5, 8.6, 112, 58],
  [200, 139, 5.1, 9.2, 121, 52],
].map(([days = 0, ...values], index): DemonstrationResult => ({
  order: `R-320${index + 1}`,
  hospitalNumber: bernard,
  test: 'kidney',
  days,
  values,
  requestedBy: heartDoctor,
  clinic: 'CAR1',
}))

/** In the order in which the laboratory and the departments sent them. */
export const results: readonly DemonstrationResult[] = [
  ...bloodCounts,
  { order: 'R-3111', hospitalNumber: amal, test: 'hba1c', days: 700, values: [51], requestedBy: eyeDoctor },
  { order: 'R-3112', hospitalNumber: amal, test: 'hba1c', days: 370, values: [46], requestedBy: eyeDoctor },
  { order: 'R-3113', hospitalNumber: amal, test: 'hba1c', days: 12, values: [41], requestedBy: eyeDoctor },
  { order: 'R-3114', hospitalNumber: amal, test: 'crp', days: 12, values: ['<5'], requestedBy: heartDoctor },
  { order: 'R-3115', hospitalNumber: amal, test: 'kidney', days: 370, values: [140, 4.4, 5.1, 71, 88] },
  { order: 'R-3116', hospitalNumber: amal, test: 'kidney', days: 40, values: [139, 5.9, 5.6, 70, 89] },
  {
    order: 'R-3116',
    hospitalNumber: amal,
    test: 'kidney',
    days: 39,
    values: [139, 4.5, 5.6, 70, 89],
    status: 'C',
    comment: 'Corrected: the first potassium was too high, because the sample had waited too long.',
  },
  {
    order: 'R-3117',
    hospitalNumber: amal,
    test: 'liver',
    days: 2,
    values: [11, 28],
    status: 'P',
    comment: 'Further values will follow.',
  },
  {
    order: 'R-3118',
    hospitalNumber: amal,
    test: 'xray',
    days: 3,
    requestedBy: 'Miss Ruth Adeyemi',
    clinic: 'XRA1',
  },
  { order: 'R-3119', hospitalNumber: amal, test: 'histology', days: 4, requestedBy: 'Dr Mei Tan', clinic: 'DER1' },
  // Of a clinic that is kept out of the portal: nobody sees it here.
  { order: 'R-3120', hospitalNumber: amal, test: 'fbc', days: 6, values: [130, 6, 255, 89], clinic: 'SEX1' },
  ...bernardsKidneys,
  // So high that somebody phones: it waits for a clinician.
  {
    order: 'R-3204',
    hospitalNumber: bernard,
    test: 'kidney',
    days: 2,
    values: [136, 6.7, 11.4, 148, 41],
    requestedBy: heartDoctor,
    clinic: 'CAR1',
  },
  { order: 'R-3301', hospitalNumber: gladys, test: 'fbc', days: 90, values: [118, 7.1, 233, 94] },
]
