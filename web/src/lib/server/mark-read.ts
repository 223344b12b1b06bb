import { isRedirect, type RequestEvent } from '@sveltejs/kit'
import { MarkDocumentReadDocument } from '#lib/graph/index.ts'

/**
 * Notes that the person has opened a document. A browser that fetches ahead, or a program that only asks for the headers,
 * has opened nothing. What the hospital replaced since it was fetched stays unread. A letter that cannot be noted as read is shown
 * all the same.
 */
export async function markRead(
  { locals, request }: Pick<RequestEvent, 'locals' | 'request'>,
  { id, unread, version }: { id: string; unread: boolean; version: string },
): Promise<void> {
  if (!unread || !isLookedAt(request)) return
  const input = { idempotencyKey: crypto.randomUUID(), documentId: id, version }
  const marking = locals.graph.write(MarkDocumentReadDocument, { input })
  await marking.catch((problem: unknown) => {
    if (isRedirect(problem)) throw problem
    const { log, requestId } = locals.visit
    log.warn({ requestId }, 'a document that was opened still counts as unread')
  })
}

/** Whether a person looks at what is asked for, as far as anybody can tell. */
export function isLookedAt({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers.get(name) ?? '').join(' ')
  return method === 'GET' && !/prefetch|prerender|preview/i.test(purpose)
}
