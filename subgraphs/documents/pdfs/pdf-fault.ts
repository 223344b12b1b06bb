import { registerEnumType } from 'type-graphql'

/** Why a PDF is not shown. */
export enum PdfFault {
  TOO_LARGE = 'TOO_LARGE',
  NOT_A_PDF = 'NOT_A_PDF',
  EMPTY = 'EMPTY',
  TRUNCATED = 'TRUNCATED',
  ENCRYPTED = 'ENCRYPTED',
  ACTIVE_CONTENT = 'ACTIVE_CONTENT',
  EMBEDDED_FILE = 'EMBEDDED_FILE',
  TWO_FILES_IN_ONE = 'TWO_FILES_IN_ONE',
  TOO_COMPLEX = 'TOO_COMPLEX',
}
registerEnumType(PdfFault, {
  name: 'PdfFault',
  description: 'Why a PDF is not shown.',
  valuesConfig: {
    TOO_LARGE: { description: 'Larger than 20 MB.' },
    NOT_A_PDF: { description: 'Not a PDF, whatever it is called.' },
    EMPTY: { description: 'No bytes, or no page.' },
    TRUNCATED: { description: 'A part of it is missing, or it cannot be read.' },
    ENCRYPTED: { description: 'It needs a password, or forbids reading.' },
    ACTIVE_CONTENT: { description: 'It holds a script, or does something when opened.' },
    EMBEDDED_FILE: { description: 'It carries another file.' },
    TWO_FILES_IN_ONE: { description: 'It is another kind of file at the same time.' },
    TOO_COMPLEX: { description: 'It takes too much time or memory to read.' },
  },
})
