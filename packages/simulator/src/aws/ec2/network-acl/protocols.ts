import { invalidValue } from '../request/text-rules.js';
import { ownValue } from '../../../simulation/own-value.js';
import { MAX_PORT } from '../../../simulation/ports.js';

/** Protocols that rules call by name; each number has one spelling. */
const NAMES: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };
const NUMBERS: Readonly<Record<string, string>> = { icmp: '1', tcp: '6', udp: '17', icmpv6: '58', all: '-1' };
const LARGEST = 255;

/**
 * A security group rule's protocol: `tcp`, `udp`, `icmp`, `icmpv6`, `-1`, or the number of another.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function ruleProtocol(text: string): string {
  const number = protocolNumber(text);
  if (number === undefined) throw invalidValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`);

  return ownValue(NAMES, number) ?? number;
}

/** A protocol's number (`-1` is all) from its name or number; undefined if it is none. */
export function protocolNumber(text: string): string | undefined {
  const lower = text.toLowerCase();
  const named = ownValue(NUMBERS, lower);
  if (named !== undefined) return named;
  if (text === '-1') return text;

  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= LARGEST ? text : undefined;
}

/** Whether a rule of that protocol has ports (tcp, udp) or types and codes (icmp, icmpv6). */
export function hasPorts(protocol: string): boolean {
  return Object.values(NAMES).includes(protocol);
}

/**
 * A rule's ports, or types and codes; -1 and -1 for protocols without them.
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function rulePorts(
  protocol: string,
  from: number | undefined,
  to: number | undefined,
): { readonly FromPort: number; readonly ToPort: number } {
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return portRange(protocol, from, to);
    case 'icmp':
      if (from === undefined || to === undefined) {
        throw invalidValue(`Invalid value 'Must specify both from and to ports with ICMP.' for portRange.`);
      }

      return icmpRange(from, to);
    case 'icmpv6':
      return icmpRange(from ?? -1, to ?? -1);
    default:
      return { FromPort: -1, ToPort: -1 };
  }
}

function portRange(protocol: string, from: number | undefined, to: number | undefined) {
  if (from === undefined || to === undefined) {
    throw invalidValue(`Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`);
  }

  for (const port of [from, to]) {
    if (port < 0 || port > MAX_PORT) throw invalidValue(`TCP/UDP port (${port}) out of range`);
  }
  if (from > to) throw invalidValue(`Invalid ${protocol.toUpperCase()} port range (${from}:${to})`); // [U]

  return { FromPort: from, ToPort: to };
}

function icmpRange(type: number, code: number) {
  for (const value of [type, code]) {
    if (value < -1 || value > LARGEST) throw invalidValue(`ICMP type or code (${value}) out of range`); // [U]
  }
  if (type === -1 && code !== -1) {
    throw invalidValue(`ICMP code (${code}) cannot be specified with all ICMP types`); // [U]
  }

  return { FromPort: type, ToPort: code };
}
