import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { anonymous, gateway, patient, system } from '../alone.ts'
import type { PartnerSystem } from '../partner-systems.ts'
import type { Cast } from './cast.ts'
import { type Actor, isPartner, type PartnerActor, type Row } from './matrix.ts'

/** Who asks: of partners it depends on what for, see `partner without the scope`. */
export type Asked = Pick<Row, 'scope'>

let addresses = 0
/** Who the gateway would say is asking. Nobody vouches for a session that has ended. */
export function viewerOf(cast: Cast, actor: Exclude<Actor, 'ended session'>, asked: Asked = { scope: null }): Viewer {
  if (isPartner(actor)) return systemOf(cast, actor, asked).viewer
  const viewers = {
    anonymous: () => anonymous(`2001:db8:${(addresses += 1).toString(16)}::a`),
    patient: () => patient(cast.owner.id),
    'another patient': () => patient(cast.stranger.id),
    staff: () => cast.staff,
    system: () => system,
    gateway: () => gateway,
  }
  return viewers[actor]()
}

/** The system of a partner that asks. Where partners need no scope, one that lacks any is as good as another. */
export function systemOf({ partners }: Pick<Cast, 'partners'>, actor: PartnerActor, { scope }: Asked): PartnerSystem {
  if (actor !== 'partner without the scope') return partners.systems[actor]
  const found = partners.without[scope ?? 'patients.read']
  if (!found) throw new Error(`no system was registered without ${scope}`)
  return found
}
