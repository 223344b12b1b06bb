import { registerEnumType } from 'type-graphql'

/** Which way a number is not exact. */
export enum ValueComparator {
  LESS_THAN = 'LESS_THAN',
  AT_MOST = 'AT_MOST',
  AT_LEAST = 'AT_LEAST',
  MORE_THAN = 'MORE_THAN',
}
registerEnumType(ValueComparator, {
  name: 'ValueComparator',
  description: 'Which way a number is not exact.',
  valuesConfig: {
    LESS_THAN: { description: 'Less than the number: "<5".' },
    AT_MOST: { description: 'The number or less.' },
    AT_LEAST: { description: 'The number or more.' },
    MORE_THAN: { description: 'More than the number: ">90".' },
  },
})

/** What the laboratory said of a value, against its own range. Never computed here. */
export enum ObservationFlag {
  NONE = 'NONE',
  NORMAL = 'NORMAL',
  LOW = 'LOW',
  HIGH = 'HIGH',
  CRITICALLY_LOW = 'CRITICALLY_LOW',
  CRITICALLY_HIGH = 'CRITICALLY_HIGH',
  ABNORMAL = 'ABNORMAL',
  CRITICALLY_ABNORMAL = 'CRITICALLY_ABNORMAL',
}
registerEnumType(ObservationFlag, {
  name: 'ObservationFlag',
  description: 'What the laboratory said of a value, against its own range (HL7 table 0078). Never computed here.',
  valuesConfig: {
    NONE: { description: 'The laboratory gave no flag, or one the portal does not know.' },
    NORMAL: { description: 'Within its range.' },
    LOW: { description: 'Below its range.' },
    HIGH: { description: 'Above its range.' },
    CRITICALLY_LOW: { description: 'So far below that somebody should act.' },
    CRITICALLY_HIGH: { description: 'So far above that somebody should act.' },
    ABNORMAL: { description: 'Not as usual, for values that are no numbers.' },
    CRITICALLY_ABNORMAL: { description: 'So unusual that somebody should act.' },
  },
})
