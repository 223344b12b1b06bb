import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { demonstrationPartnerSecret } from '../secrets.ts'

/** ODS code of the Royal Free. */
export const partnerCode = 'RAL'
const client = { id: 'patient-portal', secret: demonstrationPartnerSecret }

/** The partner hospital of a demonstration: its records, and the file in which the portal reads how to ask for them. */
export interface PartnerHospital {
  stop(): Promise<void>
}

export interface PartnerHospitalSettings {
  readonly port: number
  /** Where the portal's settings of its partners are written. */
  readonly file: string
}

/** Starts the Royal Free of the demonstration, on loopback: only this machine's portal asks it. Writes down how it is reached. */
export async function openPartnerHospital({ port, file }: PartnerHospitalSettings): Promise<PartnerHospital> {
  // Only now: a portal without a demonstration never loads the server, nor the packages it is made of.
  const { startPartnerServer } = await import('./partner-server.ts')
  const { royalFree } = await import('./royal-free/royal-free.ts')
  const { fhirUrl, tokenUrl, stop } = await startPartnerServer({ port, client, resources: await royalFree() })
  const source = {
    code: partnerCode,
    name: 'Royal Free London NHS Foundation Trust',
    shortName: 'Royal Free',
    fhirUrl,
    tokenUrl,
    clientId: client.id,
    scope: 'system/*.read',
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify([source], undefined, 2), { mode: 0o600 })
  return { stop }
}
