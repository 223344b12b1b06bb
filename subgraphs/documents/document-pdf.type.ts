import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Auth, type Owned, Relation } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'

/** Who made a PDF. */
export enum PdfOrigin {
  HOSPITAL = 'HOSPITAL',
  PORTAL = 'PORTAL',
}
registerEnumType(PdfOrigin, {
  name: 'PdfOrigin',
  description: 'Who made a PDF.',
  valuesConfig: {
    HOSPITAL: { description: 'The file the hospital sent.' },
    PORTAL: { description: 'Made here from the text of the document.' },
  },
})

/** Staff meet the files of results alone: no other document leads them to one. */
const own = { roles: [Role.PATIENT, Role.STAFF, Role.SYSTEM], relation: Relation.SELF }

@ObjectType('DocumentPdf', { description: 'A document as a file to keep or print.' })
export class DocumentPdfType implements Owned {
  @Auth(own)
  @Field(() => PdfOrigin, { description: 'Who made it.' })
  origin!: PdfOrigin

  @Auth(own)
  @Field(() => Int, { description: 'Its size in bytes.' })
  bytes!: number

  @Auth(own)
  @Field(() => String, {
    description: 'A name for the file: letters, digits and dashes, never a path, never personal.',
  })
  fileName!: string

  @Auth(own)
  @Field(() => String, { description: 'The file, base64.' })
  base64!: string

  readonly ownerId!: string
}
