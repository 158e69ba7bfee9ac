import type { AlibabaTypes } from '../types.js';
import {
  parseAddress,
  contains,
  parsePrefix,
  prefixOf,
  InvalidInputError,
  UnsupportedError,
} from '@postern/core/kinds';
import type { TargetRef } from '@postern/core';

/** A valid reference. */
export type ParsedBackendRef =
  | { readonly kind: 'ecs' | 'clb'; readonly instanceId: string; readonly port: number }
  | { readonly kind: 'address'; readonly address: string; readonly port: number };

/** Blocks of private networks: https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parsePrefix(text));

/**
 * Reads a reference to a backend: an ECS instance (`i-…`) or an internal CLB instance (`lb-…`) with a port, or a private
 * address with a port.
 * @throws {InvalidInputError} `WRONG_KIND`, `INVALID_INPUT`, `INVALID_ADDRESS`, `CIDR_RESERVED`. {UnsupportedError} for a backend
 *   that this cloud does not support.
 */
export function parseBackendRef(given: TargetRef): ParsedBackendRef {
  const ref = given as AlibabaTypes['target'];
  if (!('instance' in ref || 'address' in ref)) {
    throw new UnsupportedError(
      'API Gateway of Alibaba Cloud supports only ECS instances, CLB instances and private addresses as targets',
      {
        remedy: 'Write instance: i-… or lb-…, or address: …, with a port.',
      },
    );
  }
  if (!Number.isInteger(ref.port) || ref.port < 1 || ref.port > 65_535) {
    throw new InvalidInputError('INVALID_INPUT', `${ref.port} is not a valid port`, {
      remedy: 'Write a port from 1 to 65535.',
    });
  }
  if ('address' in ref) return { kind: 'address', address: privateAddress(ref.address), port: ref.port };
  const { instance, port } = ref;
  if (/^i-[0-9a-z]+$/.test(instance)) return { kind: 'ecs', instanceId: instance, port };
  if (/^lb-[0-9a-z]+$/.test(instance)) return { kind: 'clb', instanceId: instance, port };
  throw new InvalidInputError('WRONG_KIND', `${instance} is not an ECS or CLB instance${kindText(instance)}`, {
    remedy: 'Write the ID of an ECS instance (i-…) or of an internal CLB instance (lb-…), or an address.',
    details: { instance },
  });
}

const KINDS: readonly (readonly [string, string])[] = [
  ['vsw-', 'a vSwitch'],
  ['vpc-', 'a VPC'],
  ['sg-', 'a security group'],
  ['eni-', 'a network interface'],
  ['alb-', 'an ALB instance, whose addresses change'],
  ['nlb-', 'an NLB instance'],
  ['apigateway-', 'an API Gateway instance'],
  ['arn:', 'a resource of AWS'],
];

function kindText(text: string): string {
  const known = KINDS.find(([prefix]) => text.startsWith(prefix));
  return known === undefined ? '' : `: it is ${known[1]}`;
}

function privateAddress(text: string): string {
  const address = parseAddress(text);
  const block = prefixOf(address, address.family === 4 ? 32 : 128);
  if (PRIVATE.some((one) => contains(one, block))) return text;
  throw new InvalidInputError('CIDR_RESERVED', `${text} is not a private address`, {
    remedy: 'Write an address of the VPC, or of a network that is connected to it.',
    details: { address: text },
  });
}
