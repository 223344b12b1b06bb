import { defineEntity, p } from '@mikro-orm/core'

const MissedSearchTable = defineEntity({
  name: 'MissedSearch',
  properties: {
    id: p.string().primary(),
    /** Which client searched: its actor id. */
    actorId: p.string(),
    /** A fingerprint of the organisation and the NHS number. */
    numberKey: p.string(),
    /** The same with the date of birth. */
    personKey: p.string(),
    at: p.datetime(3),
  },
  indexes: [
    { name: 'missed_search_of_number', properties: ['numberKey', 'at'] },
    { name: 'missed_search_of_client', properties: ['actorId', 'at'] },
  ],
})

/** A search of a partner for somebody it was not shown. Whom it searched for is not kept, only how often: see search-limits.ts. */
export class MissedSearch extends MissedSearchTable.class {}
MissedSearchTable.setClass(MissedSearch)
