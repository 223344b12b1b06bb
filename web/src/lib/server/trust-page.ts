import type { PublicTrust } from './trust.ts'

/** What a page about the service itself needs: the trust, or the page that says the service is not available. */
export async function trustPage({ locals }: { locals: App.Locals }): Promise<{ trust: PublicTrust }> {
  return { trust: await locals.trust() }
}
