/** What was seen of a part of a record, as the graph names it. */
export interface SeenOfPart {
  part: Part
  things: readonly string[]
}
type Part = 'details' | 'appointments' | 'documents'

const appointments = 'Your appointments'
const letters = 'Your letters and summaries'

/** The things of each part, in words. Things of one kind are called the same. */
const thingWords: Record<Part, Readonly<Record<string, string>>> = {
  details: { Patient: 'Your personal details' },
  appointments: {
    Appointment: appointments,
    AppointmentConflict: appointments,
    HospitalNotice: appointments,
    ChangeRequest: 'Your requests about appointments',
  },
  documents: {
    AdmissionLetter: letters,
    AppointmentLetter: letters,
    DischargeSummary: letters,
    OtherLetter: letters,
    OutcomeLetter: letters,
    TestResult: 'Your test results',
    WithheldPdf: 'A file that did not pass our safety checks',
  },
}

/** A part of a record when nothing more is known: nothing may have been there to see. */
const partWords: Record<Part, string> = {
  details: 'Your personal details',
  appointments,
  documents: 'Your letters or test results',
}

/** What has no words yet. */
const otherWords: Record<Part, string> = {
  details: 'Something else about you',
  appointments: 'Something else about your appointments',
  documents: 'Something else about your letters or test results',
}

/** What somebody looked at, in the words of whom it is about: never a name that only the graph knows. */
export function seenWords(seen: readonly SeenOfPart[]): string[] {
  return seen.flatMap(({ part, things }) => {
    if (things.length === 0) return [partWords[part]]
    const words = new Map(Object.entries(thingWords[part]))
    return [...new Set(things.map((thing) => words.get(thing) ?? otherWords[part]))]
  })
}
