import { dayInWords, timeInWords } from '../../runtime/dates-in-words.ts'

/** "Tuesday 1 December 2026 at 9am", in London. */
export const momentInWords = (at: Date) => `${dayInWords(at)} at ${timeInWords(at)}`
