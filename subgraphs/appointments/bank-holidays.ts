import type { Chore } from '../runtime/chore.ts'
import { bankHolidaysEndSoon } from '../runtime/working-days.ts'

/** Says at start, and every day from then on, when the table by which notice and answers are counted soon ends. */
export const watchBankHolidays: Chore = {
  name: 'bank-holidays',
  everySeconds: 24 * 60 * 60,
  run({ clock, log }) {
    const warning = bankHolidaysEndSoon(clock.now())
    if (warning) log.warn({}, warning)
    return Promise.resolve()
  },
}
