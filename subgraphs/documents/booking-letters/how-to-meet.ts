import type { LetterFacts } from './letter-facts.ts'
import { type LetterSection, section } from './letter-content.ts'

/** Where to come, or who calls whom: nobody should wait for a call that they were meant to make. */
export function howToMeet(facts: LetterFacts): LetterSection {
  const { medium } = facts
  switch (medium) {
    case 'FACE_TO_FACE':
      return whereToCome(facts)
    case 'VIDEO':
      return section('Your video call', [
        'You do not need to come to the hospital. You join the call yourself, with the link that the clinic sends you. Join a few minutes early, from a quiet and private place.',
        'If you have had no link by the day before, or cannot make video calls, contact us.',
      ])
    case 'PHONE':
      return section('Your phone call', [
        'You do not need to come to the hospital, or to phone us. Hospital staff will phone you. They may call a little earlier or later than the time above, and the call may show as "No caller ID".',
        'If the phone number we have for you is not right, contact us.',
      ])
    default:
      return medium satisfies never
  }
}

function whereToCome({ place }: LetterFacts): LetterSection {
  const heading = 'Where to come'
  if (!place) return section(heading, ['If you are not sure where to come, contact us.'])
  const { site, department, addressLines, postcode, directions } = place
  return section(heading, [directions], [department, site, ...addressLines, postcode])
}
