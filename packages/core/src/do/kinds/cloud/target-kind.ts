import type { DeclaredTargetPlace, SpecFault } from './declared.js';
import type { SpecKey } from './spec-keys.js';

/** How a spec names backends by one key: `listener`, `instance`. The key is that of the kind in `Cloud.targets`. */
export interface TargetKind extends SpecKey {
  /** Whether a port is written beside it. */
  readonly hasPort?: true | undefined;
  /** What is wrong with the value of the key, by the spec alone; none where nothing is. Its path is from the key. */
  readonly faults: (value: unknown, place: DeclaredTargetPlace) => readonly SpecFault[];
}

const PLAIN = { hasPort: true, faults: () => [] } as const;

/** An IP address and a port. */
export const ADDRESS: TargetKind = {
  ...PLAIN,
  form: 'IP address',
  about: 'An IP address that the link reaches.',
  examples: ['10.20.0.7'],
};

/** Several IP addresses and a port. */
export const ADDRESSES: TargetKind = {
  ...PLAIN,
  form: { listOf: 'IP address', most: 100 },
  about: 'IP addresses that share the calls, all on one port.',
  examples: [['10.20.0.7', '10.20.0.8']],
};

/** A DNS name and a port. */
export const DNS_NAME: TargetKind = {
  ...PLAIN,
  form: 'host name',
  about: 'A DNS name that the link resolves in its VPC.',
  examples: ['orders.internal'],
};
