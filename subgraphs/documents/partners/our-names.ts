import type { Organization } from '@medplum/fhirtypes'
import type { Asked } from './ask-partner.ts'
import { isOurOrganization, odsCodeSystem, type OurNames } from './our-own.ts'
import type { PartnerDoor } from './partner-door.ts'
import { PartnerFailure } from './partner-failure.ts'
import type { PartnerLimits } from './partner-limits.ts'
import { Allowance, everyPage } from './search.ts'

const keptMilliseconds = 3_600_000

/** Under which ids a partner keeps this trust as an organisation. Asked once an hour; nothing about a patient is in it. */
export class OurNamesThere {
  readonly #door: PartnerDoor
  readonly #limits: PartnerLimits
  readonly #odsCode: string
  #kept: { names: OurNames; at: number } | undefined

  constructor(door: PartnerDoor, limits: PartnerLimits, odsCode: string) {
    this.#door = door
    this.#limits = limits
    this.#odsCode = odsCode
  }

  async get(asked: Asked): Promise<OurNames> {
    const now = asked.clock.now().getTime()
    if (this.#kept && Math.abs(now - this.#kept.at) < keptMilliseconds) return this.#kept.names
    const names = { odsCode: this.#odsCode, organizationIds: new Set(await this.#ask(asked)) }
    this.#kept = { names, at: now }
    return names
  }

  async #ask(asked: Asked): Promise<string[]> {
    const parameters = new URLSearchParams({ identifier: `${odsCodeSystem}|${this.#odsCode}` })
    try {
      const first = this.#door.read(`Organization?${parameters}`, asked)
      const { resources } = await everyPage(this.#door, first, new Allowance(this.#limits), asked)
      return (resources as unknown as Organization[]).filter((it) => this.#isUs(it)).map(({ id = '' }) => id)
    } catch (error) {
      // A partner without a list of organisations names them by their codes.
      if (error instanceof PartnerFailure && /^STATUS 4/.test(error.code)) return []
      throw error
    }
  }

  #isUs({ resourceType, identifier }: Organization): boolean {
    return resourceType === 'Organization' && Array.isArray(identifier) && isOurOrganization(identifier, this.#odsCode)
  }
}
