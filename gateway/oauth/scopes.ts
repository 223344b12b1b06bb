/** What a partner can be given a token for. Which of them it may ask for is said where it is registered. */
export const partnerScopes = ['patients.read', 'appointments.read', 'documents.read', 'results.read'] as const
