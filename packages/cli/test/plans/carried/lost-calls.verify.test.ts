import { plans } from '@postern/aws/plans';
import { askTerraform, readTerraform } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { expect, it } from 'vitest';
import { recordedPlans } from '../recorded/recorded.js';

type Attributes = Readonly<Record<string, unknown>>;

const { base, text } = recordedPlans().find(({ name }) => name === 'peer: by-block') ?? { base: undefined, text: '{}' };
const { format_version: form, resource_changes: all = [] } = JSON.parse(text) as {
  readonly format_version?: string;
  readonly resource_changes?: readonly { readonly address: string; readonly change: { readonly before: Attributes } }[];
};
const before = (address: string): Attributes => all.find((one) => one.address === address)?.change.before ?? {};

const PEERING = 'aws_vpc_peering_connection.p';
const ROUTE = { destination_cidr_block: '10.30.0.0/16', route_table_id: before('aws_route_table.shop')['id'] };
const BACK = { destination_cidr_block: '10.20.0.0/16', route_table_id: before('aws_default_route_table.other')['id'] };
const peering = before('aws_vpc_peering_connection.other');
const to = (route: Attributes): Attributes => ({ id: 'r-1', ...route, vpc_peering_connection_id: peering['id'] });

function change(address: string, actions: readonly string[], was: Attributes, unknown: string): object {
  const [type, name] = address.split('.');
  const after = Object.fromEntries(Object.entries(was).filter(([key]) => key !== unknown));
  const changed = { actions, before: was, after, after_unknown: { [unknown]: true } };
  return { address, mode: 'managed', type, name, change: changed };
}

const replaced = (address: string, was: Attributes): object => change(address, ['delete', 'create'], was, 'id');
const moved = (address: string, route: Attributes): object =>
  change(address, ['update'], to(route), 'vpc_peering_connection_id');
const routed = (name: string): object => ({
  address: `aws_route.${name}`,
  mode: 'managed',
  type: 'aws_route',
  name,
  expressions: { vpc_peering_connection_id: { references: [`${PEERING}.id`, PEERING] } },
});

/** Calls that were lost while Terraform 1.11.4 with the AWS provider 5.100.0 replaced them on the simulated cloud, two each second. */
const LOST: readonly (readonly [what: string, lost: number, changes: readonly object[]])[] = [
  ['aws_route.to', 15, [replaced('aws_route.to', to(ROUTE))]],
  ['aws_route.back', 15, [replaced('aws_route.back', to(BACK))]],
  [PEERING, 31, [replaced(PEERING, peering), moved('aws_route.to', ROUTE), moved('aws_route.back', BACK)]],
  [
    'aws_vpc_security_group_ingress_rule.balancer',
    7,
    [replaced('aws_vpc_security_group_ingress_rule.balancer', before('aws_vpc_security_group_ingress_rule.balancer'))],
  ],
];

it.each(LOST)(
  'the seconds that are reported for %s are those of the real apply, within a fifth',
  async (what, lost, changes) => {
    const plan = {
      format_version: form,
      resource_changes: changes,
      configuration: { root_module: { resources: [routed('to'), routed('back')] } },
    };
    const document = readTerraform(JSON.stringify(plan));
    if (base === undefined) throw new RangeError('The recorded plan is gone.');

    const ask = await askTerraform(document, base, { plans: [plans], twin: planTwins(), region: 'eu-west-1' });
    expect(ask).toMatchObject({ omitted: [], refused: [], lost: [{ during: [what] }] });
    const [{ seconds } = { seconds: 0 }] = ask.lost;
    expect(Math.abs(seconds * 2 - lost) / lost, `${seconds} s`).toBeLessThan(0.2);
  },
);
