import { examinations, type HospitalResult } from '../../feeds/main.ts'

const day = 24 * 60 * 60_000

/** A blood count that was taken so many days ago, with a haemoglobin of this value, a number below what is measured, and words. */
export function bloodCount(daysAgo: number, haemoglobin: string, flag: string): Partial<HospitalResult> {
  const taken = new Date(Date.now() - daysAgo * day)
  const { panel, department, specimen } = examinations.fbc
  const test = (code: string, name: string) => ({ code, name, system: 'LN' as const })
  return {
    panel,
    department,
    specimen,
    report: [],
    collectedAt: taken,
    reportedAt: new Date(taken.getTime() + 60 * 60_000),
    values: [
      { test: test('718-7', 'Haemoglobin'), value: haemoglobin, unit: 'g/L', range: '115-165', flag },
      { test: test('6690-2', 'White cell count'), value: '6.3', unit: 'x10^9/L', range: '4.0-11.0', flag: 'N' },
      { test: test('777-3', 'Platelets'), value: '1450', unit: 'x10^9/L', range: '150-400', flag: 'H' },
      { test: test('1988-5', 'C-reactive protein'), value: '<5', unit: 'mg/L', range: '<5', flag: 'N' },
    ],
  }
}
