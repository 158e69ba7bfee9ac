import type { DriverParts } from '@postern/core/adapter';

/** What is known of the gateways of a product before the first call. */
export type WingTraits = Pick<DriverParts, 'gateways' | 'moves'>;
