import type { DriverMethods, DriverParts } from '@postern/core/internal/adapter';
import type { Session } from '../client/session.js';
import type { GatewayReader } from './gateway-reader.js';

/** `T` with each member: a product brings all. */
type Whole<T> = { readonly [Name in keyof T]-?: NonNullable<T[Name]> };

/** What is known of the gateways of a product before the first call. */
export type WingTraits = Whole<Pick<DriverParts, 'gateways' | 'moves'>>;

/** What the driver does with a product: how its APIs are read, and what is written of them. */
export interface WingMethods {
  readonly reader: GatewayReader;
  readonly open: (session: Session) => Whole<Pick<DriverMethods, 'gateways' | 'moves'>>;
}

/** The members of all: what the wings bring, in one table. */
export function together<T extends object>(parts: readonly T[]): T {
  return Object.assign({}, ...parts) as T;
}
