import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const facts = z.object({
  clientId: z.string(),
  keyId: z.string(),
  /** Whether records were shared with it, and it has looked at them. */
  hasLooked: z.boolean(),
})

/** The Royal Free's own client of the graph: what it is registered as, and its private key (PEM). */
export interface PartnerClient extends z.infer<typeof facts> {
  readonly privateKey: string
}

/** Where its private key is: with the secrets, readable by their owner alone. */
export const keyFileIn = (folder: string) => join(folder, 'demonstration-partner-key.pem')
const factsFileIn = (folder: string) => join(folder, 'demonstration-partner-client.json')

/** As it was kept; undefined when there is none yet, or what there is cannot be read. */
export async function keptClient(folder: string): Promise<PartnerClient | undefined> {
  try {
    const [text, privateKey] = await Promise.all([
      readFile(factsFileIn(folder), 'utf8'),
      readFile(keyFileIn(folder), 'utf8'),
    ])
    return { ...facts.parse(JSON.parse(text)), privateKey }
  } catch {
    return undefined
  }
}

export async function keepClient(folder: string, { privateKey, ...rest }: PartnerClient): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(keyFileIn(folder), privateKey, { mode: 0o600 })
  await writeFile(factsFileIn(folder), JSON.stringify(facts.parse(rest), undefined, 2), { mode: 0o600 })
}
