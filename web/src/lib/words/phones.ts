/**
 * How a UK number is grouped when read aloud, by what it starts with.
 * The first pattern that fits decides; each group of digits becomes a word.
 */
const groupings = [
  /^(02\d)(\d{4})(\d{4})$/,
  /^(07\d{3})(\d{3})(\d{3})$/,
  /^(011\d|01\d1)(\d{3})(\d{4})$/,
  /^(01\d{3})(\d{3})(\d{2,3})$/,
  /^(0[389]\d{2})(\d{3})(\d{3,4})$/,
]

/** A phone number as the NHS writes it: "020 7450 4000", "07700 900 866". Takes E.164; others come back as they are. */
export function phone(number: string): string {
  const national = number.replace(/^\+44/, '0')
  for (const grouping of groupings) {
    const groups = grouping.exec(national)
    if (groups) return groups.slice(1).join(' ')
  }
  return number
}

/** The last digits of a number or the shape of an e-mail address: enough to recognise one's own, too little to learn another's. */
export function contactHint(contact: string): string {
  const at = contact.lastIndexOf('@')
  if (at > 0) return `${contact.slice(0, 1)}…${contact.slice(at)}`
  return `ending ${contact.replace(/\D/g, '').slice(-3)}`
}
