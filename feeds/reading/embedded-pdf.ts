import type { PdfInput } from '../../client/main.ts'
import type { Fault } from '../hl7/fault.ts'
import type { Repetition, Segment } from '../hl7/segment.ts'

/** What `%PDF-` looks like in base64: where one file ends and the next begins. */
const pdfBegins = 'JVBERi'

/** The PDF in the OBX segments of type ED, whether in one, in several after each other, or in repetitions. */
export function readEmbeddedPdf(observations: readonly Segment[], problems: Fault[]): PdfInput | undefined {
  const parts = observations.flatMap((obx) => obx.repetitions(5))
  if (observations.length === 0) return undefined
  const complain = (what: string) => void problems.push({ where: 'OBX-5', what })
  if (parts.some(isNoPdf)) return complain('only a PDF is taken. Send ^application^pdf^Base64^ and the data.')
  if (parts.some(isNoBase64)) return complain('the data is not said to be Base64. Send Base64 in component 4.')
  const chunks = parts.map(dataOf).filter((data) => data !== '')
  if (chunks.length === 0) return complain('the PDF is empty. Send its data in component 5.')
  if (chunks.slice(1).some((chunk) => chunk.startsWith(pdfBegins)))
    return complain('there is more than one PDF. Send one, or each as a document of its own.')
  const base64 = joined(chunks)
  if (base64 === undefined)
    return complain('the PDF is no Base64. Send its bytes again, in the alphabet A-Z a-z 0-9 + /.')
  return { base64 }
}

const headOf = (part: Repetition) => [part.text(2), part.text(3)].filter((it) => it !== undefined).join('/')

/** Type and subtype say something else. A further part may leave them out, and a file that begins as a PDF does is one. */
const isNoPdf = (part: Repetition) =>
  headOf(part) !== '' && !/pdf/i.test(headOf(part)) && !dataOf(part).startsWith(pdfBegins)

const isNoBase64 = (part: Repetition) => !/^base64$/i.test(part.text(4) ?? 'Base64')

/** The data without its line ends; a part that is nothing but data has no components. */
const dataOf = (part: Repetition) =>
  (part.text(5) ?? (headOf(part) === '' ? part.text(1) : undefined) ?? '').replace(/\s+/g, '')

/** One text of base64, however the sender cut the file; undefined when it is none. */
function joined(chunks: string[]): string | undefined {
  if (chunks.some((chunk) => !/^[A-Za-z0-9+/]+={0,2}$/.test(chunk))) return undefined
  const whole = chunks.slice(0, -1).some((chunk) => chunk.endsWith('='))
    ? Buffer.concat(chunks.map((chunk) => Buffer.from(chunk, 'base64'))).toString('base64')
    : chunks.join('')
  const bare = whole.replace(/=+$/, '')
  return bare.length % 4 === 1 ? undefined : bare.padEnd(Math.ceil(bare.length / 4) * 4, '=')
}
