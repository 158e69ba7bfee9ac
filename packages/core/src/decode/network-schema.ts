import type {
  ImplicitRules,
  Instance,
  Network,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Zone,
} from '../model/network.js';
import { list, nullable, oneOf, optional, strict } from './form.js';
import {
  block,
  blocks,
  count,
  integer,
  optionalBlock,
  optionalBlocks,
  optionalFlag,
  optionalText,
  port,
  raw,
  strings,
  text,
  texts,
} from './form-values.js';

/** The form of {@link Network} in a snapshot file; the others likewise. */
export const networkSchema = strict<Network>()({
  id: text,
  name: optionalText,
  cidrBlocks: blocks,
  ipv6CidrBlocks: optionalBlocks,
  account: optionalText,
  tags: strings,
  raw,
});

export const subnetSchema = strict<Subnet>()({
  id: text,
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

export const securityGroupSchema = strict<SecurityGroup>()({
  id: text,
  name: text,
  networkId: text,
  rules: list(
    strict<SecurityGroupRule>()({
      id: optionalText,
      direction: oneOf('in', 'out'),
      protocol: text,
      fromPort: port,
      toPort: port,
      cidrBlock: optionalBlock,
      prefixListId: optionalText,
      securityGroupId: optionalText,
      peerAccount: optionalText,
      portListId: optionalText,
      action: optional(oneOf('allow', 'drop')),
      priority: optional(integer),
      description: optionalText,
    }),
  ),
  kind: optional(oneOf('basic', 'enterprise')),
  implicit: optional(strict<ImplicitRules>()({ in: implicit, out: implicit })),
  intraGroup: implicit,
  account: optionalText,
  tags: strings,
  raw,
});

export const interfaceSchema = strict<NetworkInterface>()({
  id: text,
  networkId: text,
  subnetId: text,
  addresses: texts,
  securityGroupIds: texts,
  linkId: optionalText,
  attachedTo: optionalText,
  sourceDestinationCheck: optionalFlag,
  account: optionalText,
  raw,
});

export const instanceSchema = strict<Instance>()({
  id: text,
  name: optionalText,
  networkId: optionalText,
  subnetId: optionalText,
  zone: optionalText,
  addresses: texts,
  securityGroupIds: texts,
  state: oneOf('running', 'stopped', 'other'),
  nativeState: text,
  raw,
});

export const zoneSchema = strict<Zone>()({ id: text, name: optionalText, servesLinks: optionalFlag });
