import { Faulty, type FaultName } from './fault.ts'
import { limits } from './limits.ts'
import { refuseOtherKinds } from './one-file.ts'
import { refuseOminousNames } from './ominous-names.ts'
import { type ReadSection, sectionsOf } from './sections.ts'
import { refuseActiveParts } from './structure.ts'
import { Allowance, unpacked } from './unpacked.ts'
import { wholePdf } from './wholeness.ts'
import { linesOf } from './words.ts'

/** What is found out about a file. */
export interface Findings {
  /** Why it must not be shown; null when nothing was found. */
  readonly fault: FaultName | null
  /** What it says, as far as it can be read: empty for a scan. */
  readonly sections: ReadSection[]
}

/**
 * Looks for what a letter does not need, twice: in every byte, packed or not, whatever the file's tables say; and in what a
 * reader makes of the tables. In doubt there is a fault. Runs apart from everything else: see `process.ts`.
 */
export async function inspect(file: Buffer, firstHeading: string): Promise<Findings> {
  try {
    if (file.length > limits.fileBytes) throw new Faulty('TOO_LARGE')
    refuseOtherKinds(file)
    refuseOminousNames(file)
    const allowance = new Allowance()
    for (const content of unpacked(file, allowance)) refuseOminousNames(content)
    const pdf = await wholePdf(file)
    refuseActiveParts(pdf, allowance)
    return { fault: null, sections: sectionsOf(await linesOf(file), firstHeading) }
  } catch (error) {
    if (error instanceof Faulty) return { fault: error.fault, sections: [] }
    // The reader stumbled over it: others may, too.
    return { fault: 'TRUNCATED', sections: [] }
  }
}
