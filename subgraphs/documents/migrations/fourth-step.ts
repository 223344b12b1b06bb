import type { SchemaStep } from '../../runtime/migration.ts'

/** Some of a person's documents, by their ids: SQLite went through all that the person has. */
const byId = `create index "document_of_patient_by_id" on "document" ("patient_id", "id")`

export const fourthDocumentsStep: SchemaStep = {
  name: '0004-documents-by-id',
  sqlite: [byId],
  postgresql: [byId],
}
