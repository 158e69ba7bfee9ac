import { z } from 'zod';
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
import { count, flag, optionalText, port, raw, strict, strings, text, texts } from './fields.js';

/** The form of {@link Network} in a snapshot file; the others likewise. */
export const networkSchema = strict<Network>()({
  id: text,
  name: optionalText,
  cidrBlocks: texts,
  ipv6CidrBlocks: texts.optional(),
  account: optionalText,
  tags: strings,
  raw,
});

export const subnetSchema = strict<Subnet>()({
  id: text,
  name: optionalText,
  networkId: text,
  cidrBlock: text,
  ipv6CidrBlocks: texts.optional(),
  zone: text,
  freeAddresses: count.optional(),
  routeTableId: optionalText,
  networkAclId: text.nullable().optional(),
  account: optionalText,
  tags: strings,
  raw,
});

const implicit = z.enum(['allow', 'deny']).optional();

export const securityGroupSchema = strict<SecurityGroup>()({
  id: text,
  name: text,
  networkId: text,
  rules: z.array(
    strict<SecurityGroupRule>()({
      id: optionalText,
      direction: z.enum(['in', 'out']),
      protocol: text,
      fromPort: port,
      toPort: port,
      cidrBlock: optionalText,
      prefixListId: optionalText,
      securityGroupId: optionalText,
      peerAccount: optionalText,
      portListId: optionalText,
      action: z.enum(['allow', 'drop']).optional(),
      priority: z.int().optional(),
      description: optionalText,
    }),
  ),
  kind: z.enum(['basic', 'enterprise']).optional(),
  implicit: strict<ImplicitRules>()({ in: implicit, out: implicit }).optional(),
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
  sourceDestinationCheck: flag.optional(),
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
  state: z.enum(['running', 'stopped', 'other']),
  nativeState: text,
  raw,
});

export const zoneSchema = strict<Zone>()({ id: text, name: optionalText, servesLinks: flag.optional() });
