import { z } from 'zod';
import type {
  Listener,
  LoadBalancer,
  Network,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from '../model/network.js';
import { count, optionalText, port, raw, strict, strings, text, texts } from './fields.js';

/** The form of {@link Network} in a snapshot file; the others likewise. */
export const networkSchema = strict<Network>()({
  id: text,
  name: optionalText,
  cidrBlocks: texts,
  tags: strings,
  raw,
});

export const subnetSchema = strict<Subnet>()({
  id: text,
  name: optionalText,
  networkId: text,
  cidrBlock: text,
  zone: text,
  freeAddresses: count.optional(),
  account: optionalText,
  tags: strings,
  raw,
});

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
      description: optionalText,
    }),
  ),
  tags: strings,
  raw,
});

export const loadBalancerSchema = strict<LoadBalancer>()({
  id: text,
  name: text,
  kind: z.enum(['application', 'network', 'gateway', 'classic']),
  networkId: optionalText,
  scheme: z.enum(['internal', 'internet-facing']).optional(),
  state: optionalText,
  subnetIds: texts,
  securityGroupIds: texts,
  raw,
});

export const listenerSchema = strict<Listener>()({
  id: text,
  loadBalancerId: text,
  port,
  protocol: text,
  raw,
});

export const interfaceSchema = strict<NetworkInterface>()({
  id: text,
  networkId: text,
  subnetId: text,
  addresses: texts,
  securityGroupIds: texts,
  linkId: optionalText,
  raw,
});
