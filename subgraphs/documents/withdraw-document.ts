import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { ClinicalDocument } from './clinical-document.ts'
import { documentHeardOf, isOf } from './document-heard-of.ts'
import { DocumentNotFound } from './document-not-found.ts'
import { DocumentRecordFlag } from './document-record-flag.ts'
import type { HospitalDocument } from './hospital-document.entity.ts'
import { withdrawResult } from './results/withdraw-result.ts'
import { TestResult } from './results/test-result.entity.ts'
import { shown } from './shown-document.ts'

@InputType({ description: 'That the hospital takes a letter or a result back.' })
export class WithdrawDocumentInput {
  @Field(() => ID, { description: 'The same key is the same message.' })
  idempotencyKey!: string

  @Field(() => DateTime, { description: 'When it happened at the hospital. This decides the order, not the arrival.' })
  eventAt!: Date

  @Field(() => String, { description: 'What the hospital calls the document for good.' })
  hospitalId!: string

  @Field(() => ID, { description: 'Whose it is: the id in this portal, of the record under whose number it was said.' })
  patientId!: string

  @Field(() => [ID], { nullable: true, description: 'Other ids of the same person, of records merged with it.' })
  formerPatientIds?: string[] | null
}

@ObjectType({ description: 'The patient no longer sees what the document said, and is told that it was taken back.' })
export class DocumentWithdrawn {
  readonly row: HospitalDocument

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => [DocumentRecordFlag], { description: 'What people should know about it.' })
  readonly flags: DocumentRecordFlag[]

  constructor(row: HospitalDocument, flags: DocumentRecordFlag[]) {
    this.row = row
    this.flags = flags
  }

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => ClinicalDocument, { description: 'The document as it is now.' })
  document(@Ctx() context: Context) {
    return shown(context, this.row)
  }
}

export const WithdrawDocumentResult = outcomes(
  'WithdrawDocumentResult',
  "What the hospital's word that it takes a document back can come to.",
  [DocumentWithdrawn, DocumentNotFound],
)

export async function withdrawDocument(
  context: Context,
  input: WithdrawDocumentInput,
): Promise<typeof WithdrawDocumentResult> {
  const document = await documentHeardOf(context.em, input.hospitalId)
  if (!document || !isOf(document, input)) return new DocumentNotFound()
  if (document.eventAt && document.eventAt > input.eventAt)
    return new DocumentWithdrawn(document, [DocumentRecordFlag.OUT_OF_ORDER])
  document.eventAt = input.eventAt
  if (document instanceof TestResult) withdrawResult(context, document)
  else document.withdrawnAt ??= context.clock.now()
  return new DocumentWithdrawn(document, [])
}

@Resolver()
export class WithdrawDocument {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => WithdrawDocumentResult, {
    description: 'Takes a letter or a result back. The patient sees that it was, and no longer what it said.',
  })
  withdrawDocument(
    @Arg('input', () => WithdrawDocumentInput, { description: "The hospital's word." }) input: WithdrawDocumentInput,
    @Ctx() context: Context,
  ) {
    return idempotent(context, input, withdrawDocument)
  }
}
