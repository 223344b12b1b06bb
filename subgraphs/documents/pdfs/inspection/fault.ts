import type { PdfFault } from '../pdf-fault.ts'

/** The faults by name: what runs apart shares no code with the graph, only words. */
export type FaultName = keyof typeof PdfFault

/** Ends an inspection. */
export class Faulty extends Error {
  readonly fault: FaultName

  constructor(fault: FaultName) {
    super(fault)
    this.fault = fault
  }
}
