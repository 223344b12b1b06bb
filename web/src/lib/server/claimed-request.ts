import { redirect } from '@sveltejs/kit'
import { ChangeRequestDocument, type ChangeRequestQuery } from '#lib/graph/index.ts'
import { found } from './found.ts'

/**
 * The request to be answered. Whoever opens a page to answer one that they cannot answer is shown how it stands;
 * whoever has just sent their answer stays, to be told what became of it.
 */
export async function claimedRequest(
  { graph }: App.Locals,
  id: string,
  method: string,
): Promise<NonNullable<ChangeRequestQuery['changeRequest']>> {
  const request = found((await graph.read(ChangeRequestDocument, { id })).changeRequest)
  const answerable = request.status === 'OPEN' && request.claim?.mine === true
  if (!answerable && method === 'GET') redirect(303, `/desk/requests/${request.id}`)
  return request
}
