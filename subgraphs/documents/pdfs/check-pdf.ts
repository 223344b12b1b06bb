import { createHash } from 'node:crypto'
import type { LetterSection } from '../booking-letters/letter-content.ts'
import { DocumentIncomplete } from '../document-incomplete.ts'
import { inspectApart } from './inspect-apart.ts'
import { limits } from './inspection/limits.ts'
import { PdfFault } from './pdf-fault.ts'
import type { PdfInput } from './pdf.input.ts'

/** A PDF that was looked into, to be kept with its document. */
export interface CheckedPdf {
  readonly size: number
  readonly sha256: string
  readonly fault: PdfFault | null
  /** What is kept: nothing of a file that is too large to be kept. */
  readonly content: Buffer
  /** What it says, as far as that can be read; nothing when it has a fault. */
  readonly sections: LetterSection[]
}

/** A group repeated six million times is more than a regular expression can hold: the length is counted. */
const isWholeBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
/** What stands before the first heading of a letter has none of its own. */
const firstHeading = 'Letter'

/** Looks into a PDF that came with a document. To be awaited before a transaction begins: it may take seconds. */
export async function checkPdf(input: PdfInput | null | undefined): Promise<CheckedPdf | DocumentIncomplete | null> {
  if (!input) return null
  const base64 = input.base64.replaceAll(/\s/g, '')
  if (!isWholeBase64(base64)) return new DocumentIncomplete('pdf.base64', 'is not base64. Send the whole file again.')
  const content = Buffer.from(base64, 'base64')
  const facts = { size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
  if (content.length > limits.fileBytes)
    return { ...facts, fault: PdfFault.TOO_LARGE, content: Buffer.alloc(0), sections: [] }
  const { fault, sections } = await inspectApart(content, firstHeading)
  return { ...facts, fault: fault && PdfFault[fault], content, sections }
}
