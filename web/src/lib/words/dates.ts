const LONDON = 'Europe/London'

const dayAndDateFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: LONDON,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const dateFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
const isoDateFormat = new Intl.DateTimeFormat('en-CA', { timeZone: LONDON, dateStyle: 'short' })
const monthFormat = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, month: 'long', year: 'numeric' })
const yearFormat = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, year: 'numeric' })

/** The day of an instant as people in England see it: "Monday 6 August 2018". */
export function dayAndDate(instant: string | Date): string {
  const parts = dayAndDateFormat.formatToParts(new Date(instant))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
  // The locale's own pattern puts a comma after the weekday in some versions; the NHS never does.
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`
}

/** A calendar date without a time, such as a date of birth: "6 August 2018". */
export function calendarDate(date: string): string {
  return dateFormat.format(new Date(`${date}T00:00:00Z`))
}

/** The year of an instant in England, for grouping past appointments. */
export function year(instant: string | Date): string {
  return yearFormat.format(new Date(instant))
}

/** The month of an instant in England: "August 2018". */
export function monthAndYear(instant: string | Date): string {
  return monthFormat.format(new Date(instant))
}

/** The day of an instant in England, as the graph writes a day: "2018-08-06". */
export function londonDay(instant: string | Date): string {
  return isoDateFormat.format(new Date(instant))
}

/** A day as the graph writes it, with its weekday: "Monday 6 August 2018". */
export function dayInWords(day: string): string {
  return dayAndDate(`${day}T12:00:00Z`)
}
