import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demonstrationPartnerSecret } from '../secrets.ts'
import { partnerAddresses } from './partner/partner-addresses.ts'

/** ODS code of the Royal Free. */
export const partnerCode = 'RAL'
const client = { id: 'patient-portal', secret: demonstrationPartnerSecret }
const program = fileURLToPath(new URL(`./partner-process${import.meta.url.slice(-3)}`, import.meta.url))

/** The partner hospital of a demonstration: its records, and the file in which the portal reads how to ask for them. */
export interface PartnerHospital {
  /** When it answers. Rejects when it ended before. */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

export interface PartnerHospitalSettings {
  readonly port: number
  /** Where the portal's settings of its partners are written. */
  readonly file: string
}

/**
 * Starts the Royal Free of the demonstration, on loopback: only this machine's portal asks it. It is a process of its own, as
 * another hospital is: the portal has neither its packages nor its records in memory. Writes down how it is reached.
 */
export async function openPartnerHospital({ port, file }: PartnerHospitalSettings): Promise<PartnerHospital> {
  const child = fork(program)
  const ended = once(child, 'exit')
  child.send({ port, client })
  const answers = once(child, 'message').then(() => undefined)
  const ready = Promise.race([
    answers,
    ended.then(() => Promise.reject(new Error('the partner hospital of the demonstration ended by itself'))),
  ])
  ready.catch(() => undefined)
  const { fhirUrl, tokenUrl } = partnerAddresses('127.0.0.1', port)
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
  return {
    ready,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}
