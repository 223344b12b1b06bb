import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  createGraphClient,
  CreateStaffMemberDocument,
  type GraphClient,
  ResetStaffMemberDocument,
  StaffMembersDocument,
} from '../../client/main.ts'
import { codeShown } from '../../subgraphs/patients/main.ts'

const secrets = z.object({ email: z.email(), password: z.string(), totpUri: z.string() })

/** The log in to the demonstration's staff desk. In a real portal nobody keeps these. */
export type Desk = z.infer<typeof secrets>

const email = 'desk@example.com'
/** Who works there. */
export const deskName = 'Morgan Reyes'
const password = 'demonstration-desk'

const fileIn = (folder: string) => join(folder, 'demonstration-desk.json')

/** Who works at the demonstration's desk: made the first time, and given new secrets when the old ones are lost. */
export async function openDesk({ graphUrl, systemSecret, folder }: DeskPlace): Promise<Desk> {
  const graph = createGraphClient({ url: graphUrl, bearer: `system.feeds.${systemSecret}` })
  const [kept, { staffMembers }] = await Promise.all([keptDesk(folder), graph.read(StaffMembersDocument, {})])
  const works = staffMembers.some((it) => it.email === kept?.email && it.disabledAt === null && it.releasesResults)
  if (kept && works) return kept
  const desk = await made(graph)
  await writeFile(fileIn(folder), JSON.stringify(desk, undefined, 2), { mode: 0o600 })
  return desk
}

export interface DeskPlace {
  readonly graphUrl: string
  readonly systemSecret: string
  /** Where what must be shown again is kept. */
  readonly folder: string
}

async function made(graph: GraphClient): Promise<Desk> {
  const created = await graph.write(CreateStaffMemberDocument, {
    input: { email, name: deskName, password, releasesResults: true },
  })
  if (created.createStaffMember.__typename === 'StaffMemberCreated') return deskOf(created.createStaffMember)
  const reset = await graph.write(ResetStaffMemberDocument, { input: { email, releasesResults: true } })
  if (reset.resetStaffMember.__typename === 'StaffMemberCreated') return deskOf(reset.resetStaffMember)
  throw new Error(reset.resetStaffMember.message)
}

const deskOf = (it: { staffMember: { email: string }; password: string; totpUri: string }): Desk => ({
  email: it.staffMember.email,
  password: it.password,
  totpUri: it.totpUri,
})

/** What the code app of the desk shows, for as long as it shows it. */
export interface StaffCode {
  readonly email: string
  readonly code: string
  readonly secondsLeft: number
}

/** The codes of those who work at the desk, as their phones would show them: none before the desk is open. */
export async function staffCodes(folder: string, now: Date): Promise<StaffCode[]> {
  const desk = await keptDesk(folder)
  return desk ? [{ email: desk.email, ...codeShown(desk.totpUri, now) }] : []
}

/** The log in as it was kept; undefined before the desk is open. */
export async function keptDesk(folder: string): Promise<Desk | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return secrets.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
