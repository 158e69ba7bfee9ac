import type {
  ImplicitRules,
  Instance,
  Network,
  NetworkInterface,
  RuleNarrowing,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Zone,
} from '../model/network.js';
import { list, nullable, oneOf, optional, strict, type AnyForm, type Form } from '../forms/form.js';
import {
  addresses,
  block,
  blocks,
  count,
  id,
  integer,
  optionalBlock,
  optionalBlocks,
  optionalFlag,
  optionalText,
  owner,
  port,
  protocol,
  raw,
  strings,
  text,
  texts,
} from './form-values.js';

/** The schema of {@link Network} in a snapshot file; the others likewise. */
export const networkSchema = strict<Network>()({
  id,
  name: optionalText,
  cidrBlocks: blocks,
  ipv6CidrBlocks: optionalBlocks,
  account: optionalText,
  tags: strings,
  raw,
});

export const subnetSchema = strict<Subnet>()({
  id,
  name: optionalText,
  networkId: text,
  cidrBlock: block,
  ipv6CidrBlocks: optionalBlocks,
  zone: text,
  freeAddresses: optional(count),
  routeTableId: optionalText,
  networkAclId: optional(nullable(text)),
  account: optionalText,
  tags: strings,
  raw,
});

const implicit = optional(oneOf('allow', 'deny'));

const narrowed = strict<RuleNarrowing>()({ ownCidrBlock: optionalBlock, sourcePorts: optionalText });

const rule = strict<SecurityGroupRule>()({
  id: optionalText,
  direction: oneOf('in', 'out'),
  protocol,
  fromPort: port,
  toPort: port,
  cidrBlock: optionalBlock,
  prefixListId: optionalText,
  securityGroupId: optionalText,
  peerAccount: optionalText,
  portListId: optionalText,
  narrowed: optional(narrowed),
  action: optional(oneOf('allow', 'drop')),
  priority: optional(integer),
  description: optionalText,
});

/** The ports of TCP and UDP are a range. Those of ICMP are a type and a code. */
function portsInOrder(form: Form<SecurityGroupRule>): Form<SecurityGroupRule> {
  const wrong: AnyForm = { check: (_, walk) => walk.add('expected a port from fromPort on'), schema: {} };
  return {
    ...form,
    check: (given, walk) => {
      form.check(given, walk);
      const { protocol: of, fromPort, toPort } = (given ?? {}) as Partial<SecurityGroupRule>;
      if (typeof fromPort !== 'number' || typeof toPort !== 'number' || fromPort <= toPort) return;
      if (of === 'tcp' || of === 'udp') walk.into('toPort', wrong, toPort);
    },
  };
}

export const securityGroupSchema = strict<SecurityGroup>()({
  id,
  name: text,
  networkId: text,
  rules: list(portsInOrder(rule)),
  kind: optional(oneOf('basic', 'enterprise')),
  implicit: optional(strict<ImplicitRules>()({ in: implicit, out: implicit })),
  intraGroup: implicit,
  account: optionalText,
  owner,
  tags: strings,
  raw,
});

export const interfaceSchema = strict<NetworkInterface>()({
  id,
  networkId: text,
  subnetId: text,
  addresses,
  prefixes: optionalBlocks,
  securityGroupIds: texts,
  linkId: optionalText,
  attachedTo: optionalText,
  inUse: optionalFlag,
  primary: optionalFlag,
  managed: optionalFlag,
  sourceDestinationCheck: optionalFlag,
  account: optionalText,
  raw,
});

export const instanceSchema = strict<Instance>()({
  id,
  name: optionalText,
  networkId: optionalText,
  subnetId: optionalText,
  zone: optionalText,
  addresses,
  securityGroupIds: texts,
  state: oneOf('running', 'stopped', 'other'),
  nativeState: text,
  raw,
});

export const zoneSchema = strict<Zone>()({ id, name: optionalText, servesLinks: optionalFlag });
