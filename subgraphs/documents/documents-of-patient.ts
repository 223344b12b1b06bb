import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../runtime/auth.ts'
import { idsOfPerson } from '../runtime/grant.ts'
import { encodeCursor, page, pageSize } from '../runtime/page.ts'
import { badInput } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import type { DocumentsContext } from './context.ts'
import { DocumentFilter, type Wanted, wantedBy } from './document-filter.ts'
import { type Asked, DocumentConnection } from './documents.ts'
import { countOwnDocuments, ownDocuments } from './own-documents.ts'
import { ownSource } from './own-source.ts'
import { PatientStub } from './patient.stub.ts'
import type { ShownDocument } from './shown-document.ts'
import { documentScope } from './shown-of-document.ts'

/** What this hospital wrote about somebody, as far as they can read it and the partner that asks may. */
export async function documentsOfPatient(
  context: DocumentsContext,
  patientId: string,
  { filter, first, after }: Asked,
): Promise<DocumentConnection> {
  const size = pageSize(first)
  const wanted = wantedBy(filter)
  checkForPartner(context, wanted)
  // Several people may be asked for in one request: of each, what was granted with this id.
  const whose = { patientId: { $in: idsOfPerson(context.viewer, patientId) } }
  const rows = await ownDocuments(context, wanted, { after, limit: size + 1 }, whose)
  const cursorOf = ({ writtenAt, id }: ShownDocument) => encodeCursor(writtenAt.getTime(), id)
  return {
    ...page(rows, size, cursorOf),
    count: (most) => countOwnDocuments(context, wanted, { whose, most }),
    sources: [ownSource(context.trust)],
  }
}

function checkForPartner({ trust }: DocumentsContext, { trustCode, unread }: Wanted): void {
  if (trustCode !== null && trustCode !== trust.odsCode)
    throw badInput(`trustCode: only this hospital's own documents are here. Leave it out, or say ${trust.odsCode}.`)
  if (unread !== null)
    throw badInput('unread: whether the patient has read a document is theirs to know. Leave it out.')
}

@Resolver(() => PatientStub)
export class DocumentsOfPatient {
  @Auth({ roles: [Role.PARTNER], scopes: [documentScope], relation: Relation.SELF })
  @Directive('@requires(fields: "grant")')
  @FieldResolver(() => DocumentConnection, {
    description:
      "For partners: this hospital's own letters, summaries and results of the person, as far as the patient can read them and they are shared; newest first.",
  })
  documents(
    @Root() patient: PatientStub,
    @Arg('filter', () => DocumentFilter, { nullable: true, description: 'Which of them.' })
    filter: DocumentFilter | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Ctx() context: DocumentsContext,
  ): Promise<DocumentConnection> {
    return documentsOfPatient(context, patient.id, { filter, first, after: after ?? undefined })
  }
}
