/** The URI of an integration of which neither type nor backend is known: one of a twin, without a link. */
export const UNREAD_BACKEND = 'https://not-in-the-snapshot.invalid';
