import type { LayoutServerLoad } from './$types'

// Pages are documents: the browser gets no framework, keeps no record, and every form works before any script.
export const csr = false

export const load: LayoutServerLoad = async ({ locals }) => {
  // Error pages need this layout too, above all when the graph cannot be reached.
  const trust = await locals.trust().catch(() => undefined)
  return { trust, loggedIn: locals.session !== undefined, door: locals.door }
}
