import { Faulty } from './fault.ts'

const header = '%PDF-'
const ending = '%%EOF'
/** Readers look for the header in so many bytes, so a file of another kind may stand before it. */
const headerMayStandIn = 1024

/** Marks of other kinds of file, which a PDF could be at the same time: a page, a program, an archive. */
const otherKinds = [
  /<(?:!doctype\s+html|html|script|svg|iframe|\?php)[\s>/]/i,
  // A ZIP, and all that is one: an entry of a version and a way of packing that exist; its directory's end.
  /PK\x03\x04[\x0a-\x3f]\x00[\s\S]{2}[\x00\x08\x09\x0c\x0e\x5d\x5f\x63]\x00/,
  /PK\x05\x06\x00\x00\x00\x00/,
  /Rar!\x1a\x07/,
  /7z\xbc\xaf\x27\x1c/,
  /MSCF\x00\x00\x00\x00/,
]

/** Ends the inspection unless the file is one PDF from its first byte to its last. */
export function refuseOtherKinds(file: Buffer): void {
  if (file.length === 0) throw new Faulty('EMPTY')
  const headerAt = file.subarray(0, headerMayStandIn + header.length).indexOf(header)
  if (headerAt === -1) throw new Faulty('NOT_A_PDF')
  if (headerAt > 0) throw new Faulty('TWO_FILES_IN_ONE')
  const endingAt = file.lastIndexOf(ending)
  if (endingAt === -1) throw new Faulty('TRUNCATED')
  if (!isBlank(file.subarray(endingAt + ending.length))) throw new Faulty('TWO_FILES_IN_ONE')
  if (file.subarray(257, 262).equals(Buffer.from('ustar'))) throw new Faulty('TWO_FILES_IN_ONE')
  const bytes = file.toString('latin1')
  if (otherKinds.some((mark) => mark.test(bytes))) throw new Faulty('TWO_FILES_IN_ONE')
}

const isBlank = (bytes: Buffer) => bytes.every((byte) => byte === 0 || (byte >= 9 && byte <= 13) || byte === 0x20)
