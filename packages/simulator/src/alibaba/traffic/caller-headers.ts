/** Chooses the network position of a caller: `internet`, `internet-ipv6`, the ID of a VPC or of a gateway instance. */
export const CALLER_HEADER = 'x-postern-caller';

/** The ID of the instance whose address the caller has: it does not ask DNS again. */
export const ADDRESS_HEADER = 'x-postern-address-of';

/** Chooses the protocol that a call counts as made by; without it any that the gateway takes. */
export const PROTOCOL_HEADER = 'x-postern-protocol';
