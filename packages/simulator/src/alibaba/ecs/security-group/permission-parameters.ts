import type { Parameter } from '../../operation/operation.js';
import type { GivenRule } from './security-group-rules.js';
import { clientToken } from '../../vpc/request/text-rules.js';
import { listOf, neededText, text, texts, whole } from '../../operation/family.js';

const RULE: Readonly<Record<string, Parameter>> = {
  IpProtocol: text,
  PortRange: text,
  Policy: text,
  Priority: text,
  NicType: text,
  Description: text,
};
const SOURCE: Readonly<Record<string, Parameter>> = {
  ...RULE,
  SourceCidrIp: text,
  Ipv6SourceCidrIp: text,
  SourceGroupId: text,
  SourceGroupOwnerId: whole,
  SourcePrefixListId: text,
};
const DEST: Readonly<Record<string, Parameter>> = {
  ...RULE,
  DestCidrIp: text,
  Ipv6DestCidrIp: text,
  DestGroupId: text,
  DestGroupOwnerId: whole,
  DestPrefixListId: text,
};
const GROUP = { SecurityGroupId: neededText, ClientToken: clientToken };

/**
 * The parameters of the actions on rules: one rule besides the group's ID (the older way), or up to 100 permissions.
 */
export const INGRESS_RULES = { ...GROUP, ...SOURCE, Permissions: listOf(SOURCE, 100) };
export const EGRESS_RULES = { ...GROUP, ...DEST, Permissions: listOf(DEST, 100) };
/** The further parameters of the actions that revoke. */
export const RULE_IDS = { SecurityGroupRuleId: { ...texts, length: [0, 100] } } satisfies Record<string, Parameter>;

/** An inbound rule, in its wire form. */
interface WireSource extends Omit<GivenRule, 'cidrIp' | 'ipv6CidrIp' | 'groupId' | 'groupOwnerId' | 'prefixListId'> {
  readonly SourceCidrIp?: string | undefined;
  readonly Ipv6SourceCidrIp?: string | undefined;
  readonly SourceGroupId?: string | undefined;
  readonly SourceGroupOwnerId?: number | string | undefined;
  readonly SourcePrefixListId?: string | undefined;
}

/** An outbound rule, in its wire form. */
interface WireDest extends Omit<GivenRule, 'cidrIp' | 'ipv6CidrIp' | 'groupId' | 'groupOwnerId' | 'prefixListId'> {
  readonly DestCidrIp?: string | undefined;
  readonly Ipv6DestCidrIp?: string | undefined;
  readonly DestGroupId?: string | undefined;
  readonly DestGroupOwnerId?: number | string | undefined;
  readonly DestPrefixListId?: string | undefined;
}

/** The inbound rules of a call. */
export function ingressRules(input: WireSource & { readonly Permissions?: readonly WireSource[] }): GivenRule[] {
  return given(input).map((rule) => ({
    ...rule,
    cidrIp: rule.SourceCidrIp,
    ipv6CidrIp: rule.Ipv6SourceCidrIp,
    groupId: rule.SourceGroupId,
    groupOwnerId: rule.SourceGroupOwnerId,
    prefixListId: rule.SourcePrefixListId,
  }));
}

/** The outbound rules of a call. */
export function egressRules(input: WireDest & { readonly Permissions?: readonly WireDest[] }): GivenRule[] {
  return given(input).map((rule) => ({
    ...rule,
    cidrIp: rule.DestCidrIp,
    ipv6CidrIp: rule.Ipv6DestCidrIp,
    groupId: rule.DestGroupId,
    groupOwnerId: rule.DestGroupOwnerId,
    prefixListId: rule.DestPrefixListId,
  }));
}

/** Permissions count where there are any; else the one rule beside the group's id. */
function given<T>(input: T & { readonly Permissions?: readonly T[] }): readonly T[] {
  return input.Permissions?.length ? input.Permissions : [input];
}
