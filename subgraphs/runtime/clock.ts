/** The only source of time, so that codes, notice periods and daylight saving can be tested. Always UTC. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
