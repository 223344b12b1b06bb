/** Seconds to wait after each try that was not answered, or answered "not now". After these, an hour, for as long as it takes. */
const pauses = [5, 30, 120, 600, 1800]
const anHour = 3600

/** When to try again after so many tries. */
export function nextTry(tries: number, now: Date): Date {
  return new Date(now.getTime() + (pauses[tries - 1] ?? anHour) * 1000)
}
