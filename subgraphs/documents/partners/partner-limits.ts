/** How much of a partner is waited for and taken in: whatever it sends, the portal's own records are shown in time. */
export interface PartnerLimits {
  /** Everything together, for one patient. */
  readonly totalMilliseconds: number
  /** Where something is kept, it is shown when a partner has not answered by then. Less than a page waits. */
  readonly patienceMilliseconds: number
  readonly connectMilliseconds: number
  readonly answerBytes: number
  readonly pdfBytes: number
  readonly entriesOfPage: number
  readonly pages: number
  /** So many failures in a row, and the partner is left alone for a while. */
  readonly failuresToOpen: number
  readonly restMilliseconds: number
  /** So many patients at a time; the rest is told to come back. */
  readonly atOnce: number
  readonly queued: number
}

const megabyte = 1024 * 1024

export const partnerLimits: PartnerLimits = {
  totalMilliseconds: 3000,
  patienceMilliseconds: 1000,
  connectMilliseconds: 1000,
  answerBytes: 5 * megabyte,
  pdfBytes: 20 * megabyte,
  entriesOfPage: 200,
  pages: 5,
  failuresToOpen: 5,
  restMilliseconds: 30_000,
  atOnce: 10,
  queued: 20,
}
