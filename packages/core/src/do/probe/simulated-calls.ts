import type { Driver } from '../driver.js';
import { createCallGateway, type CallGateway } from './call-gateway.js';

/** Calls gateways where the driver's simulated clouds are: no call of theirs may reach a real gateway. */
export function simulatedCalls({ simulator }: Pick<Driver, 'simulator'>): CallGateway | undefined {
  return simulator === undefined ? undefined : createCallGateway({ simulator: simulator.url });
}
