/** One thing wrong with a message: where, as a person at the sending system looks it up, and what to do. No values of the patient's. */
export interface Fault {
  /** A segment and field, such as `PID-7` or `SCH-11.4`, or a segment alone. */
  where: string
  /** What is wrong and what to send instead. */
  what: string
}

/** The message can never work as it is: everything found wrong with it. */
export class MessageRefused extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super('This message cannot be taken as it is.')
    this.name = 'MessageRefused'
    this.faults = faults
  }
}

/** Refuses for one reason. */
export function refuse(where: string, what: string): never {
  throw new MessageRefused([{ where, what }])
}

/** All faults as one text, a line each: what is kept with the message, and what its sender reads. */
export const reasonOf = (faults: readonly Fault[]): string =>
  faults.map(({ where, what }) => `${where}: ${what}`).join('\n')
