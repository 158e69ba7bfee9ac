import type { AllowEntry } from '@postern/core';
import { CloudError, type Allowlist } from '@postern/core/adapter';
import { formatPrefix, parsePrefix } from '@postern/core/cidr';
import { isIntegration, type InstanceOutput } from './instance.js';

/** An entry for a whole block: the allowlists of this cloud have no ports. */
export function blockEntry(cidrBlock: string, fixed = false): AllowEntry {
  return { cidrBlock, protocol: 'all', fromPort: 0, toPort: 65_535, ...(fixed ? { fixed: true } : {}) };
}

/**
 * The CIDR blocks that an instance may reach. They are in a text that holds a JSON array; in examples its
 * quotes are escaped once more. A text that cannot be read is an error, never an empty list.
 * @throws {CloudError} `BAD_RESPONSE`
 */
export function connectBlocks({ ConnectCidrBlocks, InstanceId = '' }: InstanceOutput): readonly string[] {
  if (ConnectCidrBlocks === undefined || ConnectCidrBlocks === '') return [];
  const blocks =
    read(ConnectCidrBlocks) ?? read(ConnectCidrBlocks.replaceAll('\\"', '"')) ?? unwrapped(ConnectCidrBlocks);
  if (blocks !== undefined) return blocks.map(canonical);
  throw new CloudError(
    'BAD_RESPONSE',
    `the accessible blocks of ${InstanceId} cannot be read: ${ConnectCidrBlocks.slice(0, 200)}`,
    {
      operation: 'DescribeInstances',
      remedy: 'Check the instance in the console.',
    },
  );
}

function read(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return read(value);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A single block, or several between commas, without the array. */
function unwrapped(text: string): readonly string[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every((part) => /^\d+(?:\.\d+){3}\/\d+$/.test(part)) ? parts : undefined;
}

/** The CIDR blocks of the vSwitches that an instance has interfaces in. */
export function vSwitchBlocks({ NetworkInterfaceAttributes }: InstanceOutput): ReadonlyMap<string, string> {
  const rows = NetworkInterfaceAttributes?.NetworkInterfaceAttribute ?? [];
  return new Map(rows.map(({ CidrBlock = '', VswitchId = '' }) => [canonical(CidrBlock), VswitchId]));
}

/** What an instance may reach: the blocks of its own vSwitches stay as long as it does. A conventional one has no such list. */
export function toAllowlist(instance: InstanceOutput): Allowlist {
  const own = vSwitchBlocks(instance);
  return {
    linkId: instance.InstanceId ?? '',
    // No other setting decides what an instance may reach, so the list is exact for any owner.
    owned: isIntegration(instance),
    entries: connectBlocks(instance).map((block) => blockEntry(block, own.has(block))),
    wider: [],
  };
}

function canonical(text: string): string {
  try {
    return formatPrefix(parsePrefix(text));
  } catch {
    return text;
  }
}
