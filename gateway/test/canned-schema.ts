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
const gateway = '@auth(roles: [GATEWAY])'

export const patients = `${link}
  type Query {
    me: Patient @auth(roles: [PATIENT], relation: SELF)
    patient(id: ID!): Patient ${system}
    partnerFact: String @auth(roles: [PARTNER], scopes: ["patients.read"])
    appointmentFact: String @auth(roles: [PARTNER], scopes: ["appointments.read"])
    trust: Trust! ${everyone}
    whoIsAsking: Asking! ${everyone}
    viewerOf(tokenHash: ID!): Viewer @inaccessible ${gateway}
    partnerClientKeys(clientId: ID!): PartnerClientKeys @inaccessible ${gateway}
    fault(kind: String!): String ${everyone}
    slow(ms: Int!): String ${everyone}
    unruled: String
  }
  type Mutation {
    startLogin(input: StartLoginInput!): StartLoginResult! ${everyone}
    usePartnerAssertion(clientId: ID!, tokenId: String!, expiresAt: DateTime!): String! @inaccessible ${gateway}
    keepPartnerToken(tokenHash: ID!, clientId: ID!, keyId: ID!, scopes: [String!]!, expiresAt: DateTime!): Boolean! @inaccessible ${gateway}
    endPartnerTokens(clientId: ID!, keyIds: [ID!]!): Int! @inaccessible ${gateway}
  }
  scalar DateTime
  type PartnerClientKeys @inaccessible { id: ID! ${gateway}  scopes: [String!]! ${gateway}  keys: String ${gateway}  keysUrl: String ${gateway} }
  input StartLoginInput { contact: String!  bornOn: String!  channel: Channel! }
  enum Channel { TEXT EMAIL }
  union StartLoginResult = LoginCodeSent | LoginPaused
  interface Problem { message: String! }
  type LoginCodeSent { challengeId: ID! ${everyone} }
  type LoginPaused implements Problem { message: String! ${everyone} }
  type Named { id: String ${everyone}  code: String ${everyone}  name: String ${everyone}  role: String ${everyone} }
  type Trust { name: String! ${everyone} }
  type Asking { role: String! ${everyone}  actorId: String! ${everyone}  name: String ${everyone}  organisation: Named ${everyone}  endUser: Named ${everyone}  scopes: [String!]! ${everyone}  clientAddress: String ${everyone}  requestId: String! ${everyone} }
  type Viewer { role: String! ${gateway}  actorId: ID! ${gateway}  name: String ${gateway}  patientIds: [ID!]! ${gateway}  sessionId: ID ${gateway}
    scopes: [String!]! ${gateway}  organisationCode: ID ${gateway}  organisationName: String ${gateway}  operationHashes: [ID!] ${gateway}  retryAfterSeconds: Int ${gateway} }
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
