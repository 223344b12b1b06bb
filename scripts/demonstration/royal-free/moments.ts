import { londonInstant, plusDays } from '../../../subgraphs/runtime/london.ts'
import { today } from '../calendar.ts'

/** A moment of a day so many days ago, in London: everything in the demonstration is as old as it should look. */
export const daysAgo = (days: number, time = '09:30'): string =>
  londonInstant(plusDays(today(), -days), time).toISOString()
