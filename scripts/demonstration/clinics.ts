/** The clinics of the demonstration: one of each mode, and of each way to be seen. */
export interface DemonstrationClinic {
  readonly code: string
  readonly name: string
  readonly specialty: string
  readonly mode: 'VIEW_ONLY' | 'REQUEST' | 'DIRECT' | 'E_RS'
  readonly medium: 'FACE_TO_FACE' | 'VIDEO' | 'PHONE'
  readonly minutes: number
  readonly team: string
  readonly phone: string
  readonly site: keyof typeof sites
  readonly department: string
  readonly clinicians: readonly string[]
  readonly whatToBring: readonly string[]
  readonly preparation: readonly string[]
  readonly excluded?: boolean
}

export const sites = {
  watford: {
    site: 'Watford General Hospital',
    addressLines: ['Vicarage Road', 'Watford'],
    postcode: 'WD18 0HB',
    directions: 'Car park A is nearest. The main entrance is on Vicarage Road.',
  },
  stAlbans: {
    site: 'St Albans City Hospital',
    addressLines: ['Waverley Road', 'St Albans'],
    postcode: 'AL3 5PN',
    directions: 'Use the Waverley Road entrance. The reception is on the left.',
  },
  hemel: {
    site: 'Hemel Hempstead Hospital',
    addressLines: ['Hillfield Road', 'Hemel Hempstead'],
    postcode: 'HP2 4AD',
    directions: 'Park on Hillfield Road. Outpatients is in the Verulam wing.',
  },
}

const medicines = 'A list of your medicines, or the medicines themselves'

export const clinics: readonly DemonstrationClinic[] = [
  {
    code: 'EYE1',
    name: 'Eye clinic',
    specialty: 'Ophthalmology',
    mode: 'DIRECT',
    medium: 'FACE_TO_FACE',
    minutes: 60,
    team: 'Eye clinic booking team',
    phone: '+442079460120',
    site: 'watford',
    department: 'Outpatients 2, level 1',
    clinicians: ['Dr Priya Shah', 'Mr Tom Beckett'],
    whatToBring: ['Your glasses or contact lenses', medicines],
    preparation: ['You may be given eye drops that blur your sight: do not drive to this appointment.'],
  },
  {
    code: 'ORT1',
    name: 'Orthopaedic clinic',
    specialty: 'Trauma and orthopaedics',
    mode: 'DIRECT',
    medium: 'FACE_TO_FACE',
    minutes: 30,
    team: 'Orthopaedic booking team',
    phone: '+442079460121',
    site: 'stAlbans',
    department: 'Outpatients, ground floor',
    clinicians: ['Miss Ruth Adeyemi'],
    whatToBring: [medicines, 'Loose clothes, so that the joint can be seen'],
    preparation: [],
  },
  {
    code: 'CAR1',
    name: 'Heart clinic by phone',
    specialty: 'Cardiology',
    mode: 'DIRECT',
    medium: 'PHONE',
    minutes: 20,
    team: 'Heart clinic booking team',
    phone: '+442079460122',
    site: 'watford',
    department: 'Cardiology',
    clinicians: ['Dr Owen Lister'],
    whatToBring: [medicines, 'Your blood pressure readings, if you have them'],
    preparation: [],
  },
  {
    code: 'DER1',
    name: 'Skin clinic by video',
    specialty: 'Dermatology',
    mode: 'REQUEST',
    medium: 'VIDEO',
    minutes: 20,
    team: 'Skin clinic booking team',
    phone: '+442079460123',
    site: 'hemel',
    department: 'Dermatology',
    clinicians: ['Dr Mei Tan'],
    whatToBring: ['Photos of your skin, if they show more than can be seen today'],
    preparation: ['Sit in a well lit room.'],
  },
  {
    code: 'XRA1',
    name: 'X-ray and scans',
    specialty: 'Diagnostic imaging',
    mode: 'VIEW_ONLY',
    medium: 'FACE_TO_FACE',
    minutes: 30,
    team: 'Imaging booking team',
    phone: '+442079460124',
    site: 'watford',
    department: 'Imaging, level 2',
    clinicians: [],
    whatToBring: ['This letter'],
    preparation: ['Do not wear metal. Tell us before you come if you could be pregnant.'],
  },
  {
    code: 'PHY1',
    name: 'Physiotherapy',
    specialty: 'Physiotherapy',
    mode: 'E_RS',
    medium: 'FACE_TO_FACE',
    minutes: 40,
    team: 'Physiotherapy reception',
    phone: '+442079460125',
    site: 'hemel',
    department: 'Therapies',
    clinicians: ['Sam Whitfield'],
    whatToBring: ['Clothes you can move in'],
    preparation: [],
  },
  {
    code: 'SUR1',
    name: 'Day surgery unit',
    specialty: 'General surgery',
    mode: 'VIEW_ONLY',
    medium: 'FACE_TO_FACE',
    minutes: 480,
    team: 'Admissions office',
    phone: '+442079460126',
    site: 'stAlbans',
    department: 'Day surgery unit',
    clinicians: ['Mr Karl Brandt'],
    whatToBring: [medicines, 'Nightwear and slippers', 'Somebody who can take you home'],
    preparation: ['Do not eat for 6 hours before you arrive. You may drink water until 2 hours before.'],
  },
  {
    code: 'SEX1',
    name: 'Sexual health clinic',
    specialty: 'Genitourinary medicine',
    mode: 'VIEW_ONLY',
    medium: 'FACE_TO_FACE',
    minutes: 30,
    team: 'Sexual health reception',
    phone: '+442079460127',
    site: 'watford',
    department: 'Sexual health',
    clinicians: [],
    whatToBring: [],
    preparation: [],
    excluded: true,
  },
]
