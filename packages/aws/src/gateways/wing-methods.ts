import type { DriverMethods } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import type { GatewayReader } from './gateway-reader.js';

/** What the wing of a product does: how its APIs are read, and what is written of them. */
export interface WingMethods {
  readonly reader: GatewayReader;
  readonly open: (session: Session) => Pick<DriverMethods, 'gateways' | 'moves'>;
}
