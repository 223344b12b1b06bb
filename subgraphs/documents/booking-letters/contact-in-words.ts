/** A team as a clinic or the trust names it. */
interface Contact {
  team: string
  phone?: string | null | undefined
  textphone?: string | null | undefined
  email?: string | null | undefined
  hours: string
}

/** How UK numbers are grouped, by what they begin with: "020 7450 4000", "07700 900 866". */
const groupings = [
  /^(02\d)(\d{4})(\d{4})$/,
  /^(07\d{3})(\d{3})(\d{3})$/,
  /^(011\d|01\d1)(\d{3})(\d{4})$/,
  /^(01\d{3})(\d{3})(\d{2,3})$/,
  /^(0[389]\d{2})(\d{3})(\d{3,4})$/,
]

/** A phone number as the NHS writes it. A number of another country stays as it is. */
export function phoneInWords(number: string): string {
  const national = number.replace(/^\+44/, '0')
  const groups = groupings.map((grouping) => grouping.exec(national)).find((it) => it !== null)
  return groups ? groups.slice(1).join(' ') : number
}

/** What to do to reach a team: "contact Dermatology bookings on 020 7946 0120 (Monday to Friday, 9am to 4pm)". */
export function contactInWords({ team, phone, textphone, email, hours }: Contact): string {
  const ways = [
    phone && `on ${phoneInWords(phone)}`,
    textphone && `by textphone on ${phoneInWords(textphone)}`,
    email && `by email at ${email}`,
  ].filter(Boolean)
  return `contact ${team} ${ways.join(' or ')} (${hours})`
}

/** The same, line by line: "Phone: 020 7946 0120". */
export const contactLines = ({ team, phone, textphone, email, hours }: Contact): string[] => [
  team,
  ...(phone ? [`Phone: ${phoneInWords(phone)}`] : []),
  ...(textphone ? [`Textphone: ${phoneInWords(textphone)}`] : []),
  ...(email ? [`Email: ${email}`] : []),
  `Open: ${hours}`,
]
