import { named } from '../request/find.js';
import { readBlock } from '../../../../simulation/addresses.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { blockHas } from '../../../vpc/request/text-rules.js';
import { readObjects, say } from '../request/parameters.js';
import type { GatewayInstanceRow } from '../state.js';
import type { CallerListRow } from './state.js';
import { textOf } from '../../../state/json-object.js';

/** What one call may name. @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-addaccesscontrollistentry */
const MOST_PER_CALL = 50;

/** A list. @throws {AlibabaError} `NotFoundAccessControlList`, as Terraform's provider expects it */
export const getCallerList = named('AccessControlList', ({ callerLists }) => callerLists);

/**
 * Reads entries: `[{"entry":"192.168.1.0/24","comment":"office"}]`, which are blocks.
 * @throws {AlibabaError} `InvalidAclEntrys`, `ExceedLimitAclEntrys`
 */
export function readEntries({ AddressIPVersion }: CallerListRow, text: string): CallerListRow['entries'] {
  const entries = readObjects('AclEntrys', text).map((item) => ({
    AclEntryIp: textOf(item, 'Entry'),
    AclEntryComment: textOf(item, 'Comment'),
  }));
  if (entries.length > MOST_PER_CALL) throw say.exceeded('AclEntrys');

  for (const { AclEntryIp: given } of entries) {
    const block = readBlock(given);
    if (!given.includes('/') || !block?.exact || (block.family === 4) !== (AddressIPVersion === 'ipv4'))
      throw say.invalid('AclEntrys');
  }
  return entries;
}

/** The instances that use a list. */
export function instancesWith({ cloudApi }: AlibabaRegionState, id: string): readonly GatewayInstanceRow[] {
  return [...cloudApi.instances.values()].filter(({ callerLists }) =>
    Object.values(callerLists ?? {}).some((list) => list?.id === id),
  );
}

/** Why an instance does not serve a caller; undefined where it does. An empty white list serves all [I]. */
export function callerListStops(
  { cloudApi }: AlibabaRegionState,
  { id, callerLists }: GatewayInstanceRow,
  address: string,
): string | undefined {
  const used = callerLists?.[address.includes(':') ? 'ipv6' : 'ipv4'];
  if (!used) return undefined;

  const blocks = cloudApi.callerLists.get(used.id)?.entries.map(({ AclEntryIp }) => AclEntryIp) ?? [];
  const isListed = blocks.some((block) => blockHas(block, address));
  if (used.type === 'black') return isListed ? `The black list ${used.id} of ${id} has ${address}.` : undefined;

  return isListed || blocks.length === 0 ? undefined : `The white list ${used.id} of ${id} does not have ${address}.`;
}

/** What DescribeInstances says of the lists of an instance. */
export function callerListsView({ cloudApi }: AlibabaRegionState, { callerLists }: GatewayInstanceRow) {
  const { ipv4, ipv6 } = callerLists ?? {};
  const name = (id: string): string => cloudApi.callerLists.get(id)?.AclName ?? '';
  return {
    AclStatus: ipv4 ? 'on' : 'off',
    ...(ipv4 && { AclId: ipv4.id, AclName: name(ipv4.id), AclType: ipv4.type }),
    ...(ipv6 && { IPV6AclStatus: 'on', IPV6AclId: ipv6.id, IPV6AclName: name(ipv6.id), IPV6AclType: ipv6.type }),
  };
}
