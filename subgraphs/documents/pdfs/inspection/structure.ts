import { type PDF, PdfArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '@libpdf/core'
import { Faulty } from './fault.ts'
import { limits } from './limits.ts'
import { refuseOminousNames } from './ominous-names.ts'
import type { Allowance } from './unpacked.ts'

type Resolve = (ref: PdfRef) => PdfObject | null

const actions = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'GoToR',
  'Rendition',
  'RichMediaExecute',
  'Movie',
  'Sound',
  'Hide',
  'SetOCGState',
  'Trans',
  'GoTo3DView',
])
const players = new Set(['RichMedia', 'Screen', 'Movie', 'Sound', '3D'])
/** Ways of packing that make pictures and nothing else: no reader looks for objects in there. */
const pictures = new Set(['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode'])

/** Goes through everything that a reader can come to from the catalogue, and ends the inspection at what a letter does not need. */
export function refuseActiveParts(pdf: PDF, allowance: Allowance): void {
  const { registry } = pdf.context
  const resolve: Resolve = (ref) => registry.resolve(ref)
  const met = new Set<string>()
  const ahead: (PdfObject | null | undefined)[] = [pdf.getCatalog()]
  for (let count = 0; ahead.length > 0; count += 1) {
    if (count > limits.objects) throw new Faulty('TOO_COMPLEX')
    const object = ahead.pop()
    if (object instanceof PdfRef) {
      const key = `${object.objectNumber} ${object.generation}`
      if (!met.has(key)) ahead.push(met.add(key) && resolve(object))
    } else if (object instanceof PdfArray) {
      for (const item of object) ahead.push(item)
    } else if (object instanceof PdfDict) {
      refuseActive(object, resolve)
      if (object instanceof PdfStream) refuseStream(object, resolve, allowance)
      for (const [, value] of object) ahead.push(value)
    }
  }
}

function refuseActive(dict: PdfDict, resolve: Resolve): void {
  const named = (key: string) => dict.getName(key, resolve)?.value ?? ''
  if (dict.has('EF') || dict.has('EmbeddedFiles') || dict.has('Collection')) throw new Faulty('EMBEDDED_FILE')
  if (named('Type') === 'EmbeddedFile' || named('Subtype') === 'FileAttachment') throw new Faulty('EMBEDDED_FILE')
  if (dict.has('AA') || dict.has('JS') || dict.has('JavaScript') || dict.has('XFA')) throw new Faulty('ACTIVE_CONTENT')
  if (actions.has(named('S')) || players.has(named('Subtype'))) throw new Faulty('ACTIVE_CONTENT')
  if (dict.has('OpenAction') && !onlyShowsAPage(dict.get('OpenAction', resolve), resolve))
    throw new Faulty('ACTIVE_CONTENT')
}

/** Many programs say with which page, and how large, a document opens: that is a place and no action. */
function onlyShowsAPage(action: PdfObject | undefined, resolve: Resolve): boolean {
  if (action instanceof PdfArray) return true
  return action instanceof PdfDict && action.getName('S', resolve)?.value === 'GoTo' && !action.has('Next')
}

function refuseStream(stream: PdfStream, resolve: Resolve, allowance: Allowance): void {
  // Its content is in another file.
  if (stream.has('F')) throw new Faulty('ACTIVE_CONTENT')
  const filters = filtersOf(stream, resolve)
  // What is only packed by zlib has been looked at, wherever it stands.
  if (filters.every((filter) => filter === 'FlateDecode') || filters.some((filter) => pictures.has(filter))) return
  const content = decodedOf(stream)
  allowance.spend(content.length)
  refuseOminousNames(content)
}

function decodedOf(stream: PdfStream): Buffer {
  try {
    return Buffer.from(stream.getDecodedData())
  } catch {
    // A way of packing that nobody here can read may hide anything.
    throw new Faulty('ACTIVE_CONTENT')
  }
}

function filtersOf(stream: PdfStream, resolve: Resolve): string[] {
  const filter = stream.get('Filter', resolve)
  if (filter instanceof PdfName) return [filter.value]
  if (!(filter instanceof PdfArray)) return []
  return [...filter]
    .map((it) => (it instanceof PdfRef ? resolve(it) : it))
    .map((it) => (it instanceof PdfName ? it.value : ''))
}
