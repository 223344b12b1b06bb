import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { Problem } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { ClinicalDocument } from './clinical-document.ts'
import type { DocumentsContext } from './context.ts'
import { DocumentHasChanged } from './document-has-changed.ts'
import { DocumentNotFound } from './document-not-found.ts'
import { DocumentState } from './document-state.ts'
import { findDocument } from './document.ts'
import { isOfPartner } from './partner-id.ts'
import type { ShownDocument } from './shown-document.ts'
import { markPartnerDocumentRead } from './partners/mark-partner-document-read.ts'

@InputType({ description: 'Which document the patient opened.' })
export class MarkDocumentReadInput {
  @Field(() => ID, {
    description: 'Made when the page is rendered: the same key is the same request.',
  })
  idempotencyKey!: string

  @Field(() => ID, { description: 'The document that was opened.' })
  documentId!: string

  @Field(() => String, {
    nullable: true,
    description:
      'Which version of it was shown, as its field version said: when it was replaced since, it stays unread. Left out: the one there is now.',
  })
  version?: string | null
}

@ObjectType({ description: 'The patient has opened it.' })
export class DocumentMarkedRead {
  constructor(readonly documentId: string) {}
}

@ObjectType({ implements: Problem, description: 'It cannot be read yet, or no longer.' })
export class DocumentNotOpen extends Problem {
  override message = 'You cannot read this document at the moment. Its page says why, and when you can if we know.'
}

type MarkDocumentReadResult = DocumentMarkedRead | DocumentNotFound | DocumentNotOpen | DocumentHasChanged
const MarkDocumentReadResult = outcomes(
  'MarkDocumentReadResult',
  'What became of telling that a document was opened.',
  [DocumentMarkedRead, DocumentNotFound, DocumentNotOpen, DocumentHasChanged],
)

/** Of a partner's document: what was found before the transaction, for a partner may take seconds to answer. */
type Prepared = DocumentsContext & { readonly ofPartner: ShownDocument | null }

export async function markDocumentRead(
  context: Prepared,
  { documentId, version }: MarkDocumentReadInput,
): Promise<MarkDocumentReadResult> {
  const document = isOfPartner(documentId) ? context.ofPartner : await findDocument(context, documentId)
  if (!document) return new DocumentNotFound()
  if (document.state !== DocumentState.READY) return new DocumentNotOpen()
  if (typeof version === 'string' && version !== document.version) return new DocumentHasChanged()
  // Reading it again does not make it read later than it was.
  if (document.row) document.row.readAt ??= context.clock.now()
  else await markPartnerDocumentRead(context, document)
  return new DocumentMarkedRead(documentId)
}

@Resolver(() => DocumentMarkedRead)
export class MarkDocumentRead {
  @Auth({ roles: [Role.PATIENT] })
  @Mutation(() => MarkDocumentReadResult, { description: 'The patient opened a document.' })
  async markDocumentRead(
    @Arg('input', () => MarkDocumentReadInput) input: MarkDocumentReadInput,
    @Ctx() context: DocumentsContext,
  ) {
    const ofPartner = isOfPartner(input.documentId) ? await findDocument(context, input.documentId) : null
    return idempotent({ ...context, ofPartner }, input, markDocumentRead)
  }

  @Auth({ roles: [Role.PATIENT] })
  @FieldResolver(() => ClinicalDocument, { description: 'The document, read by now.' })
  document(@Root() { documentId }: DocumentMarkedRead, @Ctx() context: DocumentsContext) {
    return findDocument(context, documentId)
  }
}
