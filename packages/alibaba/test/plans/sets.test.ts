import { plans } from '@postern/alibaba/plans';
import { expect, it } from 'vitest';
import { namedBySet } from '../../../core/test/overlay/set-blocks.js';

const { rows } = plans.terraform;

/** The sets among the blocks that rows read, by the provider's source: https://github.com/aliyun/terraform-provider-alicloud */
const SETS = [
  ['alicloud_slb_server_group', 'servers', 'server_ids', 'port'],
  ['alicloud_slb_backend_server', 'backend_servers', 'server_id', 'weight'],
  ['alicloud_network_acl', 'resources', 'resource_id', 'resource_type'],
  ['alicloud_vpc_prefix_list', 'entrys', 'cidr', 'description'],
  ['alicloud_ecs_prefix_list', 'entry', 'cidr', 'description'],
] as const;

it.each(SETS)('%s: each block of %s names what the same block of the configuration names', (...set) => {
  expect(Object.keys(rows[set[0]]?.sets ?? {})).toContain(set[1]);
  for (const sorted of ['abc', 'bca', 'cab', 'acb', 'bac', 'cba']) {
    const { blocks, choices } = namedBySet(rows, set, { sorted: [...sorted] });
    expect(blocks).toEqual([...sorted].map((name) => [`text ${name}`, [name]]));
    expect(choices).toEqual([]);
  }
});

it('are all that rows name', () => {
  const named = Object.entries(rows).flatMap(([type, { sets = {} }]) => (Object.keys(sets).length > 0 ? [type] : []));
  expect(named.toSorted()).toEqual(SETS.map(([type]) => type).toSorted());
});
