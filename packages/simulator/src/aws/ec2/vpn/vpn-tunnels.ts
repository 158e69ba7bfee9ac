import { covers } from '../../../simulation/blocks.js';
import type { VpnTunnelOptionsSpecification } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import type { VpnTunnelRow } from './state.js';
import { parseBlock } from '../request/cidr.js';
import { invalidMember, invalidValue, refuse } from '../request/errors.js';

/** Every connection has two. */
const TUNNELS = 2;
/** The block of the inner addresses of tunnels. Each pair is in a block of four addresses. */
const INSIDE = parseBlock('169.254.0.0/16');
const INSIDE_BITS = 30;

/**
 * Two tunnels that are down, with outside addresses for documentation (RFC 5737), where no real host
 * answers. Pre-shared keys are accepted and not stored.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
 * @throws {ServiceError} `InvalidParameterValue`, `UnsupportedOperation`.
 */
export function newTunnels(call: AwsCall, given: readonly VpnTunnelOptionsSpecification[] = []): VpnTunnelRow[] {
  if (given.length > TUNNELS) throw invalidValue(`A VPN connection has ${TUNNELS} tunnels.`); // [U]
  const octet = (): number => 1 + Math.floor(call.random() * 254);
  return Array.from({ length: TUNNELS }, (_, index): VpnTunnelRow => {
    const { TunnelInsideCidr, ...asked } = given[index] ?? {};
    return {
      outsideIpAddress: `203.0.113.${octet()}`,
      insideCidr: insideCidr(TunnelInsideCidr) ?? `169.254.${octet()}.${index * 4 + 8}/${INSIDE_BITS}`,
      options: optionsFrom(asked),
      status: 'DOWN',
      lastStatusChange: new Date(call.now),
    };
  });
}

function insideCidr(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const block = parseBlock(text);
  if (block?.bits === INSIDE_BITS && INSIDE && covers(INSIDE, block)) return block.text;
  throw invalidMember('tunnelInsideCidr', text, 'It must be a /30 block of 169.254.0.0/16.');
}

/** Requests and answers spell three members differently. */
function optionsFrom(asked: Omit<VpnTunnelOptionsSpecification, 'TunnelInsideCidr'>): VpnTunnelRow['options'] {
  refuse(asked, ['TunnelInsideIpv6Cidr', 'LogOptions']);
  const {
    PreSharedKey: _forgotten,
    DPDTimeoutSeconds: DpdTimeoutSeconds,
    DPDTimeoutAction: DpdTimeoutAction,
    IKEVersions: IkeVersions,
    TunnelInsideIpv6Cidr: _refused,
    LogOptions: _refusedToo,
    ...same
  } = asked;
  return { ...same, DpdTimeoutSeconds, DpdTimeoutAction, IkeVersions };
}
