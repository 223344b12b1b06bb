import type { SiteSettings } from '../../../environment.ts'
import { TrustDocument, type TrustQuery } from '#lib/graph/index.ts'
import type { Graph } from './graph.ts'

/** The public facts of the trust: its names, and whom to phone. */
export type PublicTrust = TrustQuery['trust']

/** They change when the gateway is set up anew; no page needs to ask every time. */
const FRESH_MS = 60_000
const known = new WeakMap<SiteSettings, { trust: PublicTrust; until: number }>()

/** The trust as the graph describes it, asked once a minute for the whole site. */
export async function askTrust(settings: SiteSettings, graph: Graph): Promise<PublicTrust> {
  const kept = known.get(settings)
  if (kept && kept.until > Date.now()) return kept.trust
  const { trust } = await graph.read(TrustDocument, {})
  known.set(settings, { trust, until: Date.now() + FRESH_MS })
  return trust
}
