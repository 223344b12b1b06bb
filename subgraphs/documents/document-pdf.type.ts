import { Ctx, Field, FieldResolver, Int, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql'
import { Auth, type Owned } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { refuseManyPdfs } from './pdfs/few-pdfs.ts'
import { shownOfAnyDocument } from './shown-of-document.ts'

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

@ObjectType('DocumentPdf', { description: 'A document as a file to keep or print.' })
export class DocumentPdfType implements Owned {
  @Auth(shownOfAnyDocument)
  @Field(() => PdfOrigin, { description: 'Who made it.' })
  origin!: PdfOrigin

  @Auth(shownOfAnyDocument)
  @Field(() => Int, {
    nullable: true,
    description:
      'Its size in bytes; null for one that is made, or fetched from a partner, when the file itself is asked for.',
  })
  bytes!: number | null

  @Auth(shownOfAnyDocument)
  @Field(() => String, {
    description: 'A name for the file: letters, digits and dashes, never a path, never personal.',
  })
  fileName!: string

  readonly ownerId!: string
  /** The file itself. Loaded, fetched or made only when it is asked for. */
  readonly load!: () => Promise<Buffer>
}

@Resolver(() => DocumentPdfType)
export class FileOfPdf {
  @Auth(shownOfAnyDocument)
  @FieldResolver(() => String, {
    description:
      "The file, base64. At most 2 in one request. What is made here names the person on every page. Error UNAVAILABLE when who that is cannot be found out, and when a partner's cannot be fetched, is gone, or does not pass the checks.",
  })
  async base64(@Root() pdf: DocumentPdfType, @Ctx() context: Context): Promise<string> {
    refuseManyPdfs(context)
    return (await pdf.load()).toString('base64')
  }
}
