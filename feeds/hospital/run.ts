import { Hl7NotAnswered } from '../mllp-client.ts'
import { HospitalBook, NotInTheBook, type HospitalOpening } from './book.ts'
import { carryOut } from './carry-out.ts'
import type { Hospital } from './hospital.ts'
import { readOrder } from './orders.ts'
import { NotUnderstoodCommand, usage } from './usage.ts'

/** Where the hospital in a box stands. */
export interface HospitalSurroundings extends Omit<Hospital, 'book'> {
  /** The file in which it remembers what it booked. */
  readonly bookFile: string
  readonly opening: HospitalOpening
  /** Where complaints go. */
  readonly complain: (text: string) => void
}

/** Runs one command of the hospital in a box, as it was typed. Answers the exit code. */
export async function runHospital(
  args: string[],
  { bookFile, opening, complain, ...rest }: HospitalSurroundings,
): Promise<number> {
  try {
    const order = readOrder(args)
    return await carryOut({ ...rest, book: new HospitalBook(bookFile, opening) }, order)
  } catch (error) {
    complain(`${explained(error)}\n`)
    return 1
  }
}

function explained(error: unknown): string {
  if (error instanceof NotUnderstoodCommand) return `${error.message}\n\n${usage}`
  if (error instanceof NotInTheBook) return error.message
  if (error instanceof Hl7NotAnswered)
    return `No answer from the portal: ${error.message}. Is it running? Start it with: npm start`
  return error instanceof Error ? error.message : String(error)
}
