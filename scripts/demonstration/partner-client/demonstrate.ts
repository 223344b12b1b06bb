import type { Asker } from '../asking-as.ts'
import { keepClient, keptClient, type PartnerClient } from './kept-client.ts'
import { lookAtRecords } from './looks.ts'
import { type ClientPlace, openClient } from './open-client.ts'
import { shareRecords } from './share-records.ts'
import { tokenFor } from './token.ts'

interface Demonstrated extends ClientPlace {
  readonly tokenOf: (hospitalNumber: string) => Promise<string>
}

/** Lets the Royal Free ask, shares some records with it, and has it look at them: all of it once. */
export async function demonstratePartnerClient(place: Demonstrated): Promise<PartnerClient> {
  const client = await openClient(place)
  if (client.hasLooked) return client
  await shareRecords(place)
  await lookAtRecords(place.graphUrl, await tokenFor(client, place.graphUrl))
  const shown = { ...client, hasLooked: true }
  await keepClient(place.folder, shown)
  return shown
}

/** The Royal Free's client, for the sandbox: the token is what the token endpoint gives for its signature. */
export const partner = (graphUrl: string, folder: string): Asker => ({
  people: [{ id: 'royal-free', role: 'PARTNER', label: "The Royal Free's record viewer, with every scope" }],
  async token() {
    const client = await keptClient(folder)
    if (!client) throw new Error('The Royal Free is not registered yet.')
    return tokenFor(client, graphUrl)
  },
  // Each is the answer to a signature of its own, and lives five minutes.
  isGood: async () => false,
})
