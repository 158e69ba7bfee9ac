import type { CreateTransitGatewayVpcAttachmentRequestOptions } from '@aws-sdk/client-ec2';
import type { Switch, TransitGatewayAttachmentOptionsRow } from './state.js';
import { parseBlock } from '../request/cidr.js';
import { invalidMember } from '../request/errors.js';

/** What an option is set to: `enable` or `disable`. @throws {ServiceError} `InvalidParameterValue`. */
export function switchFrom(value: string | undefined, otherwise: Switch, member: string): Switch {
  if (value === undefined) return otherwise;
  if (value === 'enable' || value === 'disable') return value;
  throw invalidMember(member, value, 'It must be enable or disable.');
}

/**
 * A private ASN for Amazon's side.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function checkAsn(asn: number): number {
  const isPrivate = (asn >= 64_512 && asn <= 65_534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);
  if (isPrivate) return asn;
  throw invalidMember('amazonSideAsn', asn, 'It must be within 64512-65534 or 4200000000-4294967294.');
}

/** The blocks of a gateway itself: /24 or larger, IPv6 /64 or larger. @throws {ServiceError} `InvalidParameterValue`. */
export function checkGatewayBlocks(blocks: readonly string[]): void {
  for (const text of blocks) {
    const block = parseBlock(text);
    const most = block?.family === 6 ? 64 : 24;
    if (!block || block.bits > most) {
      throw invalidMember('transitGatewayCidrBlocks', text, `It must be a CIDR block of /${most} or larger.`);
    }
  }
}

/** The options of a VPC attachment after a call. @throws {ServiceError} `InvalidParameterValue`. */
export function attachmentOptions(
  given: CreateTransitGatewayVpcAttachmentRequestOptions,
  before: TransitGatewayAttachmentOptionsRow,
): TransitGatewayAttachmentOptionsRow {
  return {
    dnsSupport: switchFrom(given.DnsSupport, before.dnsSupport, 'dnsSupport'),
    securityGroupReferencingSupport: switchFrom(
      given.SecurityGroupReferencingSupport,
      before.securityGroupReferencingSupport,
      'securityGroupReferencingSupport',
    ),
    ipv6Support: switchFrom(given.Ipv6Support, before.ipv6Support, 'ipv6Support'),
    applianceModeSupport: switchFrom(given.ApplianceModeSupport, before.applianceModeSupport, 'applianceModeSupport'),
  };
}
