import { deflateSync } from 'node:zlib'

/** A stream to put into a PDF: what its dictionary says, and its bytes. */
export interface Stream {
  readonly dict: string
  readonly bytes: Buffer
}

/** What a made PDF holds beside one page with a line of text on it. */
export interface PdfParts {
  readonly text?: string
  /** More entries of the catalogue. */
  readonly catalog?: string
  /** More entries of the page. */
  readonly page?: string
  /** More objects, numbered from 10. */
  readonly objects?: readonly (string | Stream)[]
  /** Objects in an object stream, numbered from 100. */
  readonly packed?: readonly string[]
  /** How the object stream is packed; by zlib unless another way is given. */
  readonly packing?: { readonly filter: string; readonly pack: (bytes: Buffer) => Buffer }
  /** Bytes right after the header. */
  readonly afterHeader?: string
  readonly pages?: number
}

type Packing = NonNullable<PdfParts['packing']>

const zlib: Packing = { filter: '/FlateDecode', pack: (bytes: Buffer) => deflateSync(bytes) }

/** A small PDF, written object by object, so that a test can hide in it what it likes. */
export function aPdf(parts: PdfParts = {}): Buffer {
  const { text = 'Your appointment', catalog = '', page = '', objects = [], packed = [], pages = 1 } = parts
  const line = Buffer.from(`BT /F1 12 Tf 72 720 Td (${text}) Tj ET`)
  const kids = pages === 1 ? '[3 0 R]' : '[]'
  const all = new Map<number, string | Stream>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, `<< /Type /Pages /Kids ${kids} /Count ${pages} >>`],
    [
      3,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${page} >>`,
    ],
    [4, { dict: '', bytes: line }],
    [5, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
  ])
  for (const [index, object] of objects.entries()) all.set(10 + index, object)
  if (packed.length > 0) all.set(50, objectStream(packed, parts.packing ?? zlib))
  return packed.length > 0 ? withXrefStream(all, packed.length, parts) : withXrefTable(all, parts)
}

/** Objects numbered from 100, in one stream. */
function objectStream(objects: readonly string[], { filter, pack }: Packing): Stream {
  let index = ''
  let body = ''
  for (const [at, object] of objects.entries()) {
    index += `${100 + at} ${body.length} `
    body += `${object}\n`
  }
  const dict = `/Type /ObjStm /N ${objects.length} /First ${index.length} /Filter ${filter}`
  return { dict, bytes: pack(Buffer.from(index + body, 'latin1')) }
}

function write(all: ReadonlyMap<number, string | Stream>, afterHeader: string) {
  const chunks: Buffer[] = [Buffer.from(`%PDF-1.7\n%\xe2\xe3\xcf\xd3\n${afterHeader}`, 'latin1')]
  const offsets = new Map<number, number>()
  const length = () => chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  for (const [number, object] of all) {
    offsets.set(number, length())
    if (typeof object === 'string') chunks.push(Buffer.from(`${number} 0 obj\n${object}\nendobj\n`, 'latin1'))
    else {
      chunks.push(
        Buffer.from(`${number} 0 obj\n<< ${object.dict} /Length ${object.bytes.length} >>\nstream\n`, 'latin1'),
      )
      chunks.push(object.bytes, Buffer.from('\nendstream\nendobj\n'))
    }
  }
  return { chunks, offsets, end: length() }
}

function withXrefTable(all: ReadonlyMap<number, string | Stream>, { afterHeader = '' }: PdfParts): Buffer {
  const { chunks, offsets, end } = write(all, afterHeader)
  const entries = [...offsets].map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
  const trailer = `trailer\n<< /Root 1 0 R /Size ${Math.max(...offsets.keys()) + 1} >>\nstartxref\n${end}\n%%EOF\n`
  return Buffer.concat([...chunks, Buffer.from(`xref\n0 1\n0000000000 65535 f \n${entries.join('')}${trailer}`)])
}

function withXrefStream(
  all: ReadonlyMap<number, string | Stream>,
  packed: number,
  { afterHeader = '' }: PdfParts,
): Buffer {
  const { chunks, offsets, end } = write(all, afterHeader)
  const entry = (kind: number, a: number, b: number) => {
    const bytes = Buffer.alloc(7)
    bytes.writeUInt8(kind)
    bytes.writeUInt32BE(a, 1)
    bytes.writeUInt16BE(b, 5)
    return bytes
  }
  const rows = [...offsets].map(([, at]) => entry(1, at, 0))
  const packedRows = Array.from({ length: packed }, (_, index) => entry(2, 50, index))
  const index = [...offsets.keys()].map((number) => `${number} 1`).join(' ')
  const body = Buffer.concat([...rows, ...packedRows, entry(1, end, 0)])
  const dict = `/Type /XRef /W [1 4 2] /Root 1 0 R /Size 201 /Index [${index} 100 ${packed} 200 1] /Length ${body.length}`
  const head = Buffer.from(`200 0 obj\n<< ${dict} >>\nstream\n`)
  return Buffer.concat([...chunks, head, body, Buffer.from(`\nendstream\nendobj\nstartxref\n${end}\n%%EOF\n`)])
}
