import { londonDate, plusDays } from './london.ts'

/** Bank holidays of England and Wales, by year. From gov.uk/bank-holidays, and the rules for the years not yet announced. */
const bankHolidays: Readonly<Record<string, readonly string[]>> = {
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2028: ['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'],
  2029: ['01-01', '03-30', '04-02', '05-07', '05-28', '08-27', '12-25', '12-26'],
}

/** Monday to Friday, and no bank holiday of England and Wales. */
export function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  if (weekday === 0 || weekday === 6) return false
  return !bankHolidays[date.slice(0, 4)]?.includes(date.slice(5))
}

/** The date so many working days later; earlier, when negative. None: the date itself. */
export function plusWorkingDays(date: string, days: number): string {
  const step = days < 0 ? -1 : 1
  let there = date
  for (let left = Math.abs(days); left > 0;) {
    there = plusDays(there, step)
    if (isWorkingDay(there)) left -= 1
  }
  return there
}

/** The last date on which that many working days' notice of a date can still be given. */
export function lastDayOfNotice(date: string, workingDays: number): string {
  let last = plusDays(date, -1)
  while (plusWorkingDays(last, workingDays) > date) last = plusDays(last, -1)
  return workingDays === 0 ? date : last
}

/** What to say at start when the table of bank holidays soon ends; undefined while it holds for 12 more months. */
export function bankHolidaysEndSoon(now: Date): string | undefined {
  const last = Object.keys(bankHolidays).at(-1) ?? ''
  const inAYear = plusDays(londonDate(now), 365)
  if (inAYear.slice(0, 4) <= last) return undefined
  return `the table of bank holidays ends with ${last}: working days after it are counted without them. Update the portal.`
}
