import { deflateSync } from 'node:zlib'
import { aPdf, type Stream } from './a-pdf.ts'

const script = '<< /S /JavaScript /JS (app.alert(1)) >>'
const packed = (dict: string, bytes: Buffer): Stream => ({ dict, bytes })
const hex = (bytes: Buffer) => Buffer.from(`${bytes.toString('hex')}>`)
const hexThenZlib = { filter: '[/ASCIIHexDecode /FlateDecode]', pack: (bytes: Buffer) => hex(deflateSync(bytes)) }
/** The stream ends in the middle: readers take what they could unpack. */
const broken = {
  filter: '/FlateDecode',
  pack: (bytes: Buffer) => deflateSync(Buffer.concat([bytes, Buffer.alloc(9000, 7)])).subarray(0, -8),
}
/** A whole ZIP, if an empty one, with an entry before its directory. */
const zip = Buffer.concat([
  Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'),
  Buffer.alloc(20),
  Buffer.from('PK\x05\x06\0\0\0\0', 'latin1'),
  Buffer.alloc(14),
])
const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1024 * 1024)
/** Two bytes that stand for 128, ten million times. */
export const memoryBomb = () =>
  aPdf({
    page: '/Thumb 10 0 R',
    objects: [packed('/Filter /RunLengthDecode', Buffer.alloc(19 * 1024 * 1024, Buffer.from([129, 0])))],
  })
const unlisted = (object: string) => {
  // The table of the file points past the object: a reader that rebuilds the table finds it.
  const file = aPdf()
  const at = file.indexOf('xref\n')
  const between = Buffer.from(`60 0 obj\n${object}\nendobj\n`)
  const start = String(at + between.length)
  const rest = file
    .subarray(at)
    .toString('latin1')
    .replace(/startxref\n\d+/, `startxref\n${start}`)
  return Buffer.concat([file.subarray(0, at), between, Buffer.from(rest, 'latin1')])
}

/** PDFs that must never be shown, by what is wrong with them. Each is made here: none is somebody's. */
export const badPdfs: Record<string, [name: string, make: () => Buffer][]> = {
  ACTIVE_CONTENT: [
    ['a script when opened', () => aPdf({ catalog: `/OpenAction ${script}` })],
    ['a script when opened, in an object of its own', () => aPdf({ catalog: '/OpenAction 10 0 R', objects: [script] })],
    [
      'a script by name',
      () => aPdf({ catalog: `/Names << /JavaScript << /Names [(a) 10 0 R] >> >>`, objects: [script] }),
    ],
    ['a script when a page is shown', () => aPdf({ page: `/AA << /O ${script} >>` })],
    ['a script with its name in code', () => aPdf({ objects: ['<< /S /J#61va#53cript /JS (app.alert(1)) >>'] })],
    ['a script spelt all in code', () => aPdf({ objects: ['<< /S /#4a#61#76#61#53#63#72#69#70#74 /JS (x) >>'] })],
    ['a script in an object stream', () => aPdf({ catalog: '/OpenAction 100 0 R', packed: [script] })],
    ['a script in an object stream that nothing refers to', () => aPdf({ packed: [script] })],
    ['a script in an object stream, in code', () => aPdf({ packed: ['<< /S /J#61vaScript /J#53 (x) >>'] })],
    [
      'a script in an object stream that is packed twice',
      () => aPdf({ packed: [script], catalog: '/OpenAction 100 0 R', packing: hexThenZlib }),
    ],
    [
      'a script in an object stream that breaks off',
      () => aPdf({ packed: [script], catalog: '/OpenAction 100 0 R', packing: broken }),
    ],
    ['a script that the table does not list', () => unlisted(script)],
    ['a script without the word', () => aPdf({ catalog: '/OpenAction << /S /Named /JS (x) >>' })],
    ['a page of the web when opened', () => aPdf({ catalog: '/OpenAction << /S /URI /URI (https://example.com) >>' })],
    [
      'a page of the web when closed',
      () => aPdf({ catalog: '/AA << /WC << /S /URI /URI (https://example.com) >> >>' }),
    ],
    [
      'something after it shows a page',
      () => aPdf({ catalog: '/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (x) >> >>' }),
    ],
    ['a program to start', () => aPdf({ page: '/Annots [<< /Subtype /Link /A << /S /Launch /F (calc.exe) >> >>]' })],
    [
      'a form to send',
      () => aPdf({ page: '/Annots [<< /Subtype /Widget /A << /S /SubmitForm /F (https://example.com) >> >>]' }),
    ],
    [
      'another file to go to',
      () => aPdf({ page: '/Annots [<< /Subtype /Link /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >> >>]' }),
    ],
    ['a film', () => aPdf({ page: '/Annots [<< /Subtype /RichMedia >>]' })],
    ['a film of the old kind', () => aPdf({ page: '/Annots [<< /Subtype /Movie /Movie << /F (a.avi) >> >>]' })],
    [
      'a form with a program in it',
      () => aPdf({ catalog: '/AcroForm << /XFA 10 0 R >>', objects: [packed('', Buffer.from('<xdp/>'))] }),
    ],
    [
      'a stream that is kept in another file',
      () => aPdf({ objects: [packed('/F (\\\\\\\\host\\\\a)', Buffer.from(''))], page: '/Thumb 10 0 R' }),
    ],
  ],
  EMBEDDED_FILE: [
    [
      'a file',
      () =>
        aPdf({
          catalog: '/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>',
          objects: [
            '<< /Type /Filespec /F (a.exe) /EF << /F 11 0 R >> >>',
            packed('/Type /EmbeddedFile', Buffer.from('MZ')),
          ],
        }),
    ],
    [
      'a file pinned to a page',
      () =>
        aPdf({
          page: '/Annots [<< /Subtype /FileAttachment /FS 10 0 R >>]',
          objects: ['<< /F (a.exe) /EF << /F 11 0 R >> >>', packed('', Buffer.from('MZ'))],
        }),
    ],
    [
      'a file that says nowhere what it is',
      () =>
        aPdf({
          catalog: '/AF [10 0 R]',
          objects: ['<< /F (a.exe) /EF << /F 11 0 R >> >>', packed('', Buffer.from('MZ'))],
        }),
    ],
    ['a folder of files', () => aPdf({ catalog: '/Collection << /View /T >>' })],
    ['a file in an object stream', () => aPdf({ packed: ['<< /Type /Embedded#46ile >>'] })],
  ],
  TWO_FILES_IN_ONE: [
    ['a page of the web before it', () => Buffer.concat([Buffer.from('<html><script>alert(1)</script>'), aPdf()])],
    ['a page of the web in a comment', () => aPdf({ afterHeader: '%<html><body onload=alert(1)>\n' })],
    ['a script of the web anywhere', () => aPdf({ objects: ['(<script src=x></script>)'] })],
    ['a page of the web after it', () => Buffer.concat([aPdf(), Buffer.from('<p>Hello')])],
    ['an archive after it', () => Buffer.concat([aPdf(), zip])],
    ['an archive after it, closed again as a PDF', () => Buffer.concat([aPdf(), zip, Buffer.from('\n%%EOF\n')])],
    ['an archive in a stream', () => aPdf({ objects: [packed('', zip)] })],
    ['one byte before it', () => Buffer.concat([Buffer.from('x'), aPdf()])],
  ],
  TOO_COMPLEX: [
    [
      'a stream that unpacks to 200 MB',
      () => aPdf({ objects: [packed('/Filter /FlateDecode', deflateSync(zeros(200)))] }),
    ],
    [
      'an object stream that unpacks to 200 MB',
      () =>
        aPdf({
          packed: ['<< >>'],
          packing: { filter: '/FlateDecode', pack: (bytes) => deflateSync(Buffer.concat([bytes, zeros(200)])) },
        }),
    ],
    [
      'many streams that each unpack to 60 MB',
      () => aPdf({ objects: Array<Stream>(10).fill(packed('/Filter /FlateDecode', deflateSync(zeros(60)))) }),
    ],
    [
      'a stream packed in streams',
      () => aPdf({ objects: [packed('/Filter [/FlateDecode /FlateDecode]', deflateSync(deflateSync(zeros(500))))] }),
    ],
    ['a stream that unpacks to 1 GB in another way', memoryBomb],
    [
      'a page that takes minutes to draw',
      () =>
        aPdf({
          objects: [
            packed('/Filter /FlateDecode', deflateSync(Buffer.from('BT /F1 1 Tf (a) Tj ET\n'.repeat(2_500_000)))),
          ],
          page: '/Contents 10 0 R',
        }),
    ],
  ],
  TRUNCATED: [
    ['its first half', () => aPdf().subarray(0, 500)],
    ['all but its last line', () => aPdf().subarray(0, -7)],
    ['its first half, closed', () => Buffer.concat([aPdf().subarray(0, 500), Buffer.from('\n%%EOF\n')])],
    ['a page whose content is missing', () => aPdf({ page: '/Contents 40 0 R' })],
  ],
  EMPTY: [
    ['nothing', () => Buffer.alloc(0)],
    ['no page', () => aPdf({ pages: 0 })],
  ],
  NOT_A_PDF: [
    ['a picture', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a page of the web', () => Buffer.from('<!doctype html><p>Hello')],
    ['a document of another program', () => zip],
    ['text', () => Buffer.from('Dear Mrs Smith')],
  ],
  ENCRYPTED: [
    [
      'a password',
      () => Buffer.from(aPdf().toString('latin1').replace('trailer\n<<', 'trailer\n<< /Encrypt 10 0 R'), 'latin1'),
    ],
  ],
  TOO_LARGE: [['more than 20 MB', () => Buffer.concat([aPdf(), zeros(20)])]],
}

/** PDFs that hospitals send every day. */
export const goodPdfs: [name: string, make: () => Buffer][] = [
  ['one page', () => aPdf()],
  ['a page that opens at its top', () => aPdf({ catalog: '/OpenAction [3 0 R /XYZ null null 0]' })],
  [
    'a page that opens by an action that shows it',
    () => aPdf({ catalog: '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>' }),
  ],
  [
    'a link to a page of the web',
    () => aPdf({ page: '/Annots [<< /Subtype /Link /A << /S /URI /URI (https://www.nhs.uk) >> >>]' }),
  ],
  ['objects in an object stream', () => aPdf({ packed: ['<< /Producer (a) >>'] })],
  [
    'objects in an object stream that is packed twice',
    () => aPdf({ packed: ['<< /Producer (a) >>'], packing: hexThenZlib }),
  ],
  ['blanks after its end', () => Buffer.concat([aPdf(), Buffer.from('\r\n\0\0')])],
  [
    'a scan of 25 MB when unpacked',
    () => aPdf({ objects: [packed('/Subtype /Image /Filter /FlateDecode', deflateSync(zeros(25)))] }),
  ],
]
