import { raw } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth, type Owned, Relation } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { encodeCursor, instantAndId, page, PageInfo, pageSize } from '../../runtime/page.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { PatientStub } from '../patient.stub.ts'
import { PdfFault } from './pdf-fault.ts'
import { PdfFile } from './pdf-file.entity.ts'

/** For those who have a PDF made again, or decide on what it came with. */
export const desk = { roles: [Role.STAFF], relation: Relation.SELF }
const again = 'Ask the team that wrote it to make the PDF again'

const whatToDo: Record<PdfFault, string> = {
  TOO_LARGE: `It is larger than 20 MB. ${again}, with smaller pictures.`,
  NOT_A_PDF: `It is not a PDF. ${again}, and check what the sending system exports.`,
  EMPTY: `It has no page. ${again}.`,
  TRUNCATED: `A part of it is missing, or it cannot be read. ${again}, and check that it opens.`,
  ENCRYPTED: `It is protected by a password, or against copying. ${again} without protection.`,
  ACTIVE_CONTENT: `It holds a script or another part that acts by itself. Do not open it. ${again}, and tell the information security team.`,
  EMBEDDED_FILE: `It carries another file. Do not open it. ${again} without the attachment.`,
  TWO_FILES_IN_ONE: `It is another kind of file at the same time. Do not open it. ${again}, and tell the information security team.`,
  TOO_COMPLEX: `It takes too much time or memory to read. ${again} as a plain document.`,
}

@ObjectType('WithheldPdf', { description: 'A PDF that did not pass the checks, so that nobody is shown it.' })
export class WithheldPdfType implements Owned {
  @Auth(desk)
  @Field(() => ID, { description: "Of the document it came with, the portal's own." })
  readonly id: string

  @Auth(desk)
  @Field(() => String, { description: 'What the hospital calls the document.' })
  readonly hospitalId: string

  @Auth(desk)
  @Field(() => DateTime, { description: 'When it came.' })
  readonly receivedAt: Date

  @Auth(desk)
  @Field(() => PdfFault, { description: 'Why it is not shown.' })
  readonly reason: PdfFault

  @Auth(desk)
  @Field(() => String, { description: 'What to do about it.' })
  readonly message: string

  @Auth(desk)
  @Field(() => PatientStub, { description: 'Whose document it came with.' })
  readonly patient: PatientStub

  readonly ownerId: string

  constructor(file: PdfFile & { fault: PdfFault }) {
    this.id = file.documentId
    this.hospitalId = file.hospitalId
    this.receivedAt = file.receivedAt
    this.reason = file.fault
    this.message = whatToDo[file.fault]
    this.patient = new PatientStub(file.patientId)
    this.ownerId = file.patientId
  }
}

@ObjectType({ description: 'A page of the PDFs that are not shown.' })
export class WithheldPdfConnection {
  @Auth({ roles: [Role.STAFF] })
  @Field(() => [WithheldPdfType], { description: 'The oldest first.' })
  nodes!: WithheldPdfType[]

  @Auth({ roles: [Role.STAFF] })
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo

  @Auth({ roles: [Role.STAFF] })
  @Field(() => Int, { description: 'How many there are on all pages.' })
  totalCount!: () => Promise<number>
}

/** Nobody makes a file again of what the hospital has taken back. */
const withheld = () => ({
  fault: { $ne: null },
  [raw(
    (file) =>
      `not exists (select 1 from document where document.id = ${file}.document_id and document.withdrawn_at is not null)`,
  )]: [],
})

export async function withheldPdfs({ em }: Context, first: number, after?: string): Promise<WithheldPdfConnection> {
  const size = pageSize(first)
  const files = await em.find(
    PdfFile,
    { $and: [withheld(), ...(after === undefined ? [] : [laterThan(after)])] },
    { orderBy: { receivedAt: 'asc', documentId: 'asc' }, limit: size + 1 },
  )
  const { nodes, pageInfo } = page(files.filter(isWithheld), size, (it) => encodeCursor(+it.receivedAt, it.documentId))
  return {
    nodes: nodes.map((file) => new WithheldPdfType(file)),
    pageInfo,
    totalCount: () => em.count(PdfFile, withheld()),
  }
}

function laterThan(cursor: string) {
  const [receivedAt, documentId] = instantAndId(cursor)
  return { $or: [{ receivedAt: { $gt: receivedAt } }, { receivedAt, documentId: { $gt: documentId } }] }
}

export const isWithheld = (file: PdfFile): file is PdfFile & { fault: PdfFault } => Boolean(file.fault)

@Resolver()
export class WithheldPdfs {
  @Auth({ roles: [Role.STAFF] })
  @Query(() => WithheldPdfConnection, {
    description:
      'Letters and results whose PDF did not pass the checks and was not replaced, unless the hospital took the document back, the oldest first; of the clinics that the member of staff works for, and those of results for staff who release results.',
  })
  withheldPdfs(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return withheldPdfs(context, first, after ?? undefined)
  }
}
