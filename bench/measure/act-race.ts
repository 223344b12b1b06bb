import { type Act, actAsks } from '../asks.ts'
import { type Contender, names } from '../contenders/contender.ts'
import type { Plan } from '../plan.ts'
import type { World } from '../world/world.ts'
import { allDelivered } from './outbox.ts'
import { type Round, sideBySide } from './side-by-side.ts'

const deliverNothing: readonly string[] = [names.bare, names.heldBack]

/**
 * What patients do, by every contender: every turn has appointments of its own in the files it works on, so that each is
 * done for the first time. What it leads to (texts, e-mails) is under way meanwhile, and is waited for before the next turn.
 */
export function actRace(
  act: Act,
  contenders: readonly Contender[],
  world: World,
  plan: Plan,
): Promise<Map<string, Round[]>> {
  const asks = actAsks(act, world.people)
  const taken = new Map<string, number>()
  const asksOf = ({ name, folder }: Contender) => {
    const all = name === names.bare ? asks.bare : asks.graph
    const sharing = contenders.filter((it) => it.folder === folder).length
    const from = taken.get(folder) ?? 0
    const until = from + Math.floor(all.length / (sharing * (plan.rounds + 1)))
    taken.set(folder, until)
    return all.slice(from, until)
  }
  const rest = async ({ name, folder }: Contender) => {
    if (!deliverNothing.includes(name)) await allDelivered(folder)
  }
  return sideBySide({ contenders, asksOf, once: true, rest }, plan)
}
