/** Chooses the protocol that a call counts as made by; without it any that the gateway takes. */
export const PROTOCOL_HEADER = 'x-postern-protocol';
