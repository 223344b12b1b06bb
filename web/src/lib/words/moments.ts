import { dayAndDate } from './dates.ts'
import { time } from './times.ts'

/** An instant in England: "Monday 6 August 2018 at 5:30pm". */
export function moment(instant: string | Date): string {
  return `${dayAndDate(instant)} at ${time(instant)}`
}
