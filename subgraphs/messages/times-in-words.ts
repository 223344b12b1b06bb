const parts = { timeZone: 'UTC', day: 'numeric', month: 'long' } as const
const dayAndMonthParts = new Intl.DateTimeFormat('en-GB', parts)
const weekdayParts = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' })
const startOf = (date: string) => new Date(`${date}T00:00:00Z`)

/** A calendar date as "30 September". */
export const dayAndMonth = (date: string) => dayAndMonthParts.format(startOf(date))

/** A calendar date as "Wednesday 30 September". */
export const weekdayAndDay = (date: string) => `${weekdayParts.format(startOf(date))} ${dayAndMonth(date)}`
