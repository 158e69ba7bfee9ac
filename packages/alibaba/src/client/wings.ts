import type { DriverMethods, DriverParts, Driver, LinkKind } from '@postern/core/internal/adapter';
import type { WingObservation } from '../observe/wing-observation.js';
import type { Session } from './session.js';

/** `T` with each member: a product brings all. */
type Whole<T> = { readonly [Name in keyof T]-?: NonNullable<T[Name]> };

/** What is known of a product before the first call. */
export interface WingTraits extends Whole<Pick<DriverParts, 'gateways' | 'moves'>> {
  readonly links: readonly LinkKind[];
  /** Of a product that ends. */
  readonly retirement?: Driver['retirement'];
}

/** What the driver does with a product. */
export interface WingMethods {
  readonly observation: WingObservation;
  readonly open: (session: Session) => Whole<Pick<DriverMethods, 'links' | 'gateways' | 'moves'>>;
}

/** The members of all: what the wings bring, in one table. */
export function together<T extends object>(parts: readonly T[]): T {
  return Object.assign({}, ...parts) as T;
}
