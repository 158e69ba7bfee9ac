import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/alibaba/plans';
import { readTerraform } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { planText, type Resource } from '../../../aws/test/plans/shop-plan.js';
import { emptyRegion } from '../../../core/src/do/snapshot/snapshot-form.js';
import { OpenValue } from '../../../core/src/overlay/acts/open-value.js';
import { carryOut, type Carried } from '../../../core/src/overlay/carry/carry-out.js';
import { planSet } from '../../../core/src/overlay/rows/plan-set.js';
import { terraformPlan } from '../../../core/src/overlay/terraform/plan.js';
import { alibabaInput } from '../../src/plan-twin.js';
import { planTwins } from '../../src/index.js';

const { acts = {} } = plans.acts ?? {};

/** Types with a row that are not carried out: the simulated cloud has no prefix lists of VPC. */
const WITHOUT = ['alicloud_vpc_prefix_list'];

/** One resource of most types, which is created, changed and deleted. */
const RESOURCES = JSON.parse(readFileSync(new URL('acts.json', import.meta.url), 'utf8')) as readonly Resource[];

it('carries out each type of Alibaba Cloud that is laid', () => {
  expect(Object.keys(plans.terraform.rows).filter((type) => !Object.hasOwn(acts, type))).toEqual(WITHOUT);
});

it.each(Object.entries(acts).filter(([, { operation }]) => operation !== undefined))(
  'the simulated cloud has the action that creates %s, with the parameters that are named otherwise',
  (_, { operation = '', names = {} }) => {
    expect(alibabaInput(operation)).toMatchObject({
      members: Object.fromEntries(Object.keys(names).map((name) => [name, expect.anything()])),
    });
  },
);

/** The attributes after a creation, as a state has them. */
function stateOf({ values }: Carried, { address, refs = {} }: Resource): Record<string, unknown> {
  const instance = values.plan.instances.find((one) => one.address === address);
  const all = { ...(instance && values.of(instance)), ...values.outputs.get(address), answer: undefined };
  const plain = (one: unknown): unknown => (one instanceof OpenValue ? one.single() : one);
  const state = JSON.parse(JSON.stringify(all, (_, one: unknown) => plain(one))) as Record<string, unknown>;
  for (const [path, [reference = '']] of Object.entries(refs)) {
    const [type, name, attribute = 'id'] = reference.split('.');
    const value = values.outputs.get(`${type}.${name}`)?.[attribute];
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const at = parts.reduce((one, part) => one[part] as Record<string, unknown>, state);
    at[last] = /^(?:security_groups|\w+(?<!table)_ids)$/.test(last) ? [value] : value;
  }
  return state;
}

/** By the address: what an update changes. */
const CHANGES: Readonly<Record<string, object>> = {
  'alicloud_vpc.a': { secondary_cidr_blocks: [] },
  'alicloud_network_acl.n': { ingress_acl_entries: [] },
  'alicloud_ecs_prefix_list.p': { entry: [{ cidr: '10.0.0.0/9' }] },
  'alicloud_slb_load_balancer.l': { delete_protection: 'off' },
  'alicloud_slb_listener.l': { health_check_uri: '/health' },
  'alicloud_slb_server_group_server_attachment.g': { weight: 20 },
  'alicloud_slb_acl.a': { entry_list: [{ entry: '12.0.0.0/8', comment: '' }] },
  'alicloud_api_gateway_group.g': { name: 'group_two' },
  'alicloud_api_gateway_api.a': { stage_names: ['PRE'] },
  'alicloud_apig_service.s': { addresses: ['10.8.1.11:8080'] },
  'alicloud_apig_route.r': { description: 'changed' },
};

it('creates, changes and deletes resources of Alibaba Cloud', async () => {
  const region = 'cn-hangzhou';
  const empty = emptyRegion({ provider: 'alibaba', region, account: '1111222233334444' });
  const base: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [empty] };
  const twin = planTwins()(base);
  const carried = (resources: readonly Resource[], more: object = {}): Promise<Carried> => {
    const plan = terraformPlan(readTerraform(planText(resources, {}, more), 'plan.json'));
    return carryOut(plan, twin, { set: planSet({ plans: [plans] }), base, region });
  };
  const said = ({ refused, omitted }: Carried) => [
    refused.map(({ step, operation, message }) => `${step.instance.address} ${operation} ${message}`),
    omitted.map(({ step, why }) => `${step.instance.address} ${why}`),
  ];
  const created = await carried(RESOURCES);
  expect(said(created)).toEqual([[], []]);
  const before = RESOURCES.map((one) => ({ address: one.address, before: stateOf(created, one) }));
  const after = before.map((one) => ({ ...one, after: { ...one.before, ...CHANGES[one.address] } }));
  const updated = await carried(
    after.map((one) => ({ ...one, actions: [one.address in CHANGES ? 'update' : 'no-op'] })),
  );
  expect([updated.done.size, ...said(updated)]).toEqual([Object.keys(CHANGES).length, [], []]);
  const resources = RESOURCES.map(({ address, refs = {} }, at) => {
    const [type, name] = address.split('.');
    const uses = Object.values(refs).flatMap((all) => all.map((one) => one.split('.').slice(0, 2).join('.')));
    return { address, mode: 'managed', type, name, values: after[at]?.after, depends_on: uses };
  });
  const deleted = await carried(
    after.map((one) => ({ address: one.address, before: one.after, actions: ['delete'] })),
    { prior_state: { format_version: '1.0', values: { root_module: { resources } } } },
  );
  expect([deleted.done.size, ...said(deleted)]).toEqual([RESOURCES.length, [], []]);
});
