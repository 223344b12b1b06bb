import type { SiteSettings } from '../../../environment.ts'
import type { RecordSourceFragment } from '#lib/graph/index.ts'

/** A hospital whose records this portal shows. Public: nothing of any patient. */
export type KnownSource = Pick<RecordSourceFragment, 'trustCode' | 'shortName' | 'own'>

const known = new WeakMap<SiteSettings, KnownSource[]>()

/** Keeps the names of the hospitals that answered, for the pages that cannot wait for them. */
export function rememberSources(settings: SiteSettings, sources: readonly KnownSource[]): void {
  known.set(
    settings,
    sources.map(({ trustCode, shortName, own }) => ({ trustCode, shortName, own })),
  )
}

/** The hospitals as an earlier answer named them; none before the first answer. */
export function knownSources(settings: SiteSettings): KnownSource[] {
  return known.get(settings) ?? []
}
