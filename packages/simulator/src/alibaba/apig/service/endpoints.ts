import { readAddress } from '../../../simulation/addresses.js';
import { addressesOfName } from '../../alidns/resolve.js';
import type { AlibabaState } from '../../state/alibaba-state.js';
import type { ApigServiceRow } from '../state.js';

/** An address of a service. */
export interface Endpoint {
  /** As in answers: `10.0.0.1:8080`. */
  readonly text: string;
  readonly address: string;
  readonly port: number;
  /** The name that it was resolved from. */
  readonly name: string | undefined;
}

/** Stands for the address of a name of the internet that no record of this world has: one that is reserved for documentation. */
export const ELSEWHERE = '203.0.113.80';

/**
 * The endpoints of a service. Those of a fixed address are what was written, also when a server has another address by now. A name is
 * resolved by the gateway: by the public records of this world, or to somewhere on the internet.
 */
export function endpointsOf(
  alibaba: AlibabaState,
  { sourceType, addresses, ports, protocol }: ApigServiceRow,
): readonly Endpoint[] {
  const usual = ports[0]?.port ?? (protocol.toUpperCase() === 'HTTPS' ? 443 : 80);
  return addresses.flatMap((written): readonly Endpoint[] => {
    const [, host = written, digits] = /^(.+?)(?::(\d{1,5}))?$/.exec(written) ?? [];
    const port = digits === undefined ? usual : Number(digits);
    if (sourceType !== 'DNS' || readAddress(host)) {
      return [{ text: `${host}:${port}`, address: host, port, name: undefined }];
    }
    const found = addressesOfName(alibaba, host);
    const known = found.length === 0 ? [ELSEWHERE] : found;
    return known.map((address) => ({ text: `${address}:${port}`, address, port, name: host }));
  });
}
