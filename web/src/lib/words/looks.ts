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

/** A part of a record that was looked at when it held nothing that they could see. */
const nothingThere: Record<Part, string> = {
  details: 'Whether this hospital knows you',
  appointments: 'Your appointments: none were shown',
  documents: 'Your letters or test results: none were shown',
}

/** A part of a record that was looked at when the portal did not keep yet what of it was seen. */
const notKept: Record<Part, string> = {
  details: 'Your details: what was seen was not written down then',
  appointments: 'Your appointments: what was seen was not written down then',
  documents: 'Your letters or test results: what was seen was not written down then',
}

/** What has no words yet. */
const otherWords: Record<Part, string> = {
  details: 'Something else about you',
  appointments: 'Something else about your appointments',
  documents: 'Something else about your letters or test results',
}

/**
 * What somebody looked at, in the words of whom it is about: never a name that only the graph knows. Since it is kept what was
 * seen, it is kept who saw it: without a person nothing means that it is not known.
 */
export function seenWords(seen: readonly SeenOfPart[], person: string | null): string[] {
  return seen.flatMap(({ part, things }) => {
    if (things.length === 0) return [(person === null ? notKept : nothingThere)[part]]
    const words = new Map(Object.entries(thingWords[part]))
    return [...new Set(things.map((thing) => words.get(thing) ?? otherWords[part]))]
  })
}
