/** The people of the demonstration. All invented: numbers and contacts are from the ranges kept for that. */
export interface DemonstrationPerson {
  readonly hospitalNumber: string
  readonly nhsNumber?: string
  readonly title?: string
  readonly given: readonly string[]
  readonly family: string
  /** A date, or an age in years today (with days to add) for those whose age is the point. */
  readonly born: string | { readonly years: number; readonly days?: number }
  /** Person stated gender code: 1 male, 2 female, 9 not stated. */
  readonly sex: '1' | '2' | '9'
  readonly addressLines: readonly string[]
  readonly postcode: string
  readonly mobile?: string
  readonly homePhone?: string
  readonly email?: string
  readonly language?: string
  readonly deceased?: boolean
  readonly sensitive?: boolean
  /** Why this person is here: shown beside the name in the sandbox and at the start. */
  readonly because: string
}

export const people: readonly DemonstrationPerson[] = [
  {
    hospitalNumber: 'W100001',
    nhsNumber: '9990041571',
    title: 'Mrs',
    given: ['Amal', 'Jane'],
    family: 'Haddad',
    born: '1984-03-09',
    sex: '2',
    addressLines: ['14 Cassio Mill Lane', 'Watford'],
    postcode: 'WD17 4QX',
    mobile: '07700900001',
    homePhone: '02079460201',
    email: 'amal.haddad@example.com',
    because: 'has appointments, letters and results of every kind',
  },
  {
    hospitalNumber: 'W100002',
    nhsNumber: '9990083142',
    title: 'Mr',
    given: ['Bernard'],
    family: "O'Connor",
    born: '1947-11-30',
    sex: '1',
    addressLines: ['Flat 3', '82 Marlowes', 'Hemel Hempstead'],
    postcode: 'HP1 1LF',
    mobile: '07700900022',
    because: 'shares a mobile with Maureen, and has an apostrophe',
  },
  {
    hospitalNumber: 'W100003',
    nhsNumber: '9990166285',
    title: 'Mrs',
    given: ['Maureen'],
    family: "O'Connor",
    born: '1950-02-14',
    sex: '2',
    addressLines: ['Flat 3', '82 Marlowes', 'Hemel Hempstead'],
    postcode: 'HP1 1LF',
    mobile: '07700900022',
    because: 'shares a mobile with Bernard',
  },
  {
    hospitalNumber: 'W100004',
    nhsNumber: '9990207852',
    title: 'Miss',
    given: ['Chiamaka'],
    family: 'Okafor',
    born: '1996-07-21',
    sex: '2',
    addressLines: ['5 Bowling Green Row', 'St Albans'],
    postcode: 'AL1 3TN',
    mobile: '07700900004',
    email: 'okafor.twins@example.com',
    because: 'is a twin: same mobile and date of birth as Chidi',
  },
  {
    hospitalNumber: 'W100005',
    nhsNumber: '9990249423',
    title: 'Mr',
    given: ['Chidi'],
    family: 'Okafor',
    born: '1996-07-21',
    sex: '1',
    addressLines: ['5 Bowling Green Row', 'St Albans'],
    postcode: 'AL1 3TN',
    mobile: '07700900004',
    email: 'okafor.twins@example.com',
    because: 'is a twin: same mobile and date of birth as Chiamaka',
  },
  {
    hospitalNumber: 'W100006',
    nhsNumber: '9990290997',
    given: ['Daniel'],
    family: 'Whitcombe',
    born: { years: 17, days: 200 },
    sex: '1',
    addressLines: ['31 Rectory Close', 'Rickmansworth'],
    postcode: 'WD3 1FJ',
    mobile: '07700900006',
    because: 'is 17: kept on record, cannot log in yet',
  },
  {
    hospitalNumber: 'W100007',
    nhsNumber: '9990332568',
    title: 'Ms',
    given: ['Elin'],
    family: 'Ferch-Rhys',
    born: '1992-02-29',
    sex: '2',
    addressLines: ['Tŷ Gwyn', '9 The Ridgeway', 'Radlett'],
    postcode: 'WD7 8LB',
    mobile: '07700900007',
    email: 'elin@example.com',
    language: 'cy',
    because: 'was born on 29 February, and prefers Welsh',
  },
  {
    hospitalNumber: 'W100008',
    nhsNumber: '9990374139',
    title: 'Dr',
    given: ['Wolfeschlegelsteinhausenbergerdorff', 'Maximilian', 'Bartholomew'],
    family: 'Featherstonehaugh-Cholmondeley-Marjoribanks',
    born: '1961-05-05',
    sex: '1',
    addressLines: ['The Old Rectory Coach House Annexe', 'Upper Station Road East', 'Kings Langley'],
    postcode: 'WD4 9QA',
    mobile: '07700900008',
    because: 'has a very long name',
  },
  {
    hospitalNumber: 'W100009',
    nhsNumber: '9990415706',
    title: 'Mr',
    given: ['José', 'Ángel'],
    family: 'Núñez Peña',
    born: '1979-12-01',
    sex: '1',
    addressLines: ['22 Gade Avenue', 'Watford'],
    postcode: 'WD18 7LQ',
    mobile: '07700900009',
    language: 'es',
    because: 'has accents in the name, and no e-mail',
  },
  {
    hospitalNumber: 'W100010',
    nhsNumber: '9990457271',
    title: 'Mrs',
    given: ['Gladys'],
    family: 'Pemberton',
    born: '1935-08-17',
    sex: '2',
    addressLines: ['Rose Cottage', 'Bell Lane', 'Bovingdon'],
    postcode: 'HP3 0NE',
    homePhone: '01632960210',
    email: 'gladys.pemberton@example.com',
    because: 'has no mobile: logs in by e-mail',
  },
  {
    hospitalNumber: 'W100011',
    nhsNumber: '9990498849',
    title: 'Mr',
    given: ['Harold'],
    family: 'Pemberton',
    born: '1933-01-06',
    sex: '1',
    addressLines: ['Rose Cottage', 'Bell Lane', 'Bovingdon'],
    postcode: 'HP3 0NE',
    mobile: '07700900011',
    deceased: true,
    because: 'has died: nothing is sent, nobody logs in',
  },
  {
    hospitalNumber: 'W100012',
    nhsNumber: '9990540411',
    title: 'Ms',
    given: ['Ines'],
    family: 'Marlow',
    born: '1988-10-10',
    sex: '2',
    addressLines: ['Address withheld'],
    postcode: 'WD18 0HB',
    mobile: '07700900012',
    sensitive: true,
    because: 'is kept out of the portal by the hospital',
  },
  {
    hospitalNumber: 'W100013',
    title: 'Mr',
    given: ['Kwame'],
    family: 'Asante',
    born: { years: 18 },
    sex: '1',
    addressLines: ['6 Queens Road', 'Watford'],
    postcode: 'WD17 2JX',
    mobile: '07700900013',
    because: 'turned 18 today, and has no NHS number on the record',
  },
  {
    hospitalNumber: 'W100014',
    nhsNumber: '9990581983',
    title: 'Miss',
    given: ['Luna'],
    family: 'McCullough',
    born: '1998-11-06',
    sex: '2',
    addressLines: ['40 Lower Dagnall Street', 'St Albans'],
    postcode: 'AL3 4PA',
    mobile: '07700900014',
    because: 'was a child at the Royal Free, and is new here',
  },
]

/** Alive, of age, and not kept out: whom the portal lets in. */
export const mayLogIn = ({ mobile, email, deceased, sensitive, born }: DemonstrationPerson): boolean =>
  Boolean(mobile ?? email) && !deceased && !sensitive && (typeof born === 'string' || born.years >= 18)
