import type { Fault } from '../hl7/fault.ts'

/** What reading a message finds wrong with it. */
export interface Findings {
  now: Date
  /** The message can never work: nothing of it is recorded. */
  faults: Fault[]
  /** Something is left out or shown as it was sent, and its sender is told so. */
  problems: Fault[]
}
