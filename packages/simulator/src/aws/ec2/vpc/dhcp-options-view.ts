import type { DhcpOptions } from '@aws-sdk/client-ec2';
import type { DhcpOptionsRow } from '../state.js';
import { tagList } from '../request/tags.js';

/** A set of DHCP options as the API shows it. */
export function dhcpOptionsView(row: DhcpOptionsRow): DhcpOptions {
  return {
    DhcpOptionsId: row.id,
    OwnerId: row.ownerId,
    DhcpConfigurations: row.configurations.map(({ key, values }) => ({
      Key: key,
      Values: values.map((Value) => ({ Value })),
    })),
    Tags: tagList(row.tags),
  };
}
