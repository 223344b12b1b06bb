/** Three small subgraphs that have one of everything the gateway must get right. */

const link = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
    @link(url: "https://patient-portal.example/auth/v1.0", import: ["@auth"])
    @composeDirective(name: "@auth")
  directive @auth(roles: [Role!]!, scopes: [String!], relation: Relation! = NONE) on FIELD_DEFINITION
  enum Role { ANONYMOUS PATIENT PARTNER STAFF SYSTEM GATEWAY }
  enum Relation { NONE SELF }
`
const everyone = '@auth(roles: [ANONYMOUS, PATIENT, PARTNER, STAFF, SYSTEM])'
const patient = '@auth(roles: [PATIENT, SYSTEM], relation: SELF)'
const system = '@auth(roles: [SYSTEM])'

export const patients = `${link}
  type Query {
    me: Patient @auth(roles: [PATIENT], relation: SELF)
    patient(id: ID!): Patient ${system}
    partnerFact: String @auth(roles: [PARTNER], scopes: ["facts"])
    trust: Trust! ${everyone}
    whoIsAsking: Asking! ${everyone}
    viewerOf(tokenHash: ID!): Viewer @inaccessible @auth(roles: [GATEWAY])
    fault(kind: String!): String ${everyone}
    slow(ms: Int!): String ${everyone}
    unruled: String
  }
  type Mutation { startLogin(input: StartLoginInput!): StartLoginResult! ${everyone} }
  input StartLoginInput { contact: String!  bornOn: String!  channel: Channel! }
  enum Channel { TEXT EMAIL }
  union StartLoginResult = LoginCodeSent | LoginPaused
  interface Problem { message: String! }
  type LoginCodeSent { challengeId: ID! ${everyone} }
  type LoginPaused implements Problem { message: String! ${everyone} }
  type Trust { name: String! ${everyone} }
  type Asking { role: String! ${everyone}  actorId: String! ${everyone}  name: String ${everyone}  clientAddress: String ${everyone}  requestId: String! ${everyone} }
  type Viewer { role: String! @auth(roles: [GATEWAY])  actorId: ID! @auth(roles: [GATEWAY])  name: String @auth(roles: [GATEWAY])  patientIds: [ID!]! @auth(roles: [GATEWAY])
    sessionId: ID @auth(roles: [GATEWAY])  scopes: [String!]! @auth(roles: [GATEWAY]) }
  type Patient @key(fields: "id") { id: ID! ${patient}  name: String! ${patient}  hospitalNumber: String! ${system}  friend: Patient ${patient} }
`

export const appointments = `${link}
  type Query { appointment(id: ID!): Appointment ${patient} }
  type Patient @key(fields: "id") { id: ID! ${patient}  appointments(first: Int): [Appointment!] ${patient} }
  type Appointment @key(fields: "id") { id: ID! ${patient}  startsAt: String! ${patient}  patient: Patient! ${patient}  reference: String! ${system} }
`

export const documents = `${link}
  type Query { document(id: ID!): ClinicalDocument ${patient}  found: [Found!]! ${patient}  note: Note ${patient}  inPlainSight: Plain ${patient} }
  type Appointment @key(fields: "id") { id: ID! ${patient}  letter: Letter ${patient} }
  interface ClinicalDocument { id: ID!  title: String!  origin: String! }
  interface Plain { id: ID! }
  type Letter implements ClinicalDocument { id: ID! ${patient}  title: String! ${patient}  origin: String! ${system}  about: Patient ${patient} }
  type Note implements ClinicalDocument & Plain { id: ID! ${system}  title: String! ${system}  origin: String! ${system}  secret: String! ${system} }
  type Patient @key(fields: "id", resolvable: false) { id: ID! ${patient} }
  union Found = Letter | Note
`
