import { plans } from '@postern/alibaba/plans';
import { judgeTerraform, readTerraform } from '@postern/core/overlay';
import { expect, it } from 'vitest';
import { planText, type Resource } from '../../../aws/test/plans/shop-plan.js';

const access = (name: string, after: object, more: Partial<Resource> = {}): Resource => ({
  address: `alicloud_api_gateway_vpc_access.${name}`,
  after: { vpc_id: 'vpc-1', instance_id: 'i-1', port: 80, ...after },
  ...more,
});

const refused = (...resources: readonly Resource[]) =>
  judgeTerraform(readTerraform(planText(resources)), undefined, { plans: [plans], region: 'cn-hangzhou' })
    .findings.filter(({ check }) => check === 'plan/refused')
    .map(({ code, addresses }) => `${code} ${addresses[0]}`);

it.each<[string, readonly Resource[], readonly string[]]>([
  ['two names and two ports', [access('a', { name: 'a' }), access('b', { name: 'b', port: 81 })], []],
  [
    'one name',
    [access('a', { name: 'a' }), access('b', { name: 'a', port: 81 })],
    ['NAME_TAKEN alicloud_api_gateway_vpc_access.a', 'NAME_TAKEN alicloud_api_gateway_vpc_access.b'],
  ],
  [
    'one backend under two names, of which one exists',
    [
      access(
        'a',
        { name: 'a' },
        { actions: ['no-op'], before: { name: 'a', vpc_id: 'vpc-1', instance_id: 'i-1', port: 80 } },
      ),
      access('b', { name: 'b' }),
    ],
    ['AUTHORIZED_TWICE alicloud_api_gateway_vpc_access.b'],
  ],
  [
    'another name for the backend, created first',
    [
      access(
        'a',
        { name: 'b' },
        { actions: ['create', 'delete'], before: { name: 'a', vpc_id: 'vpc-1', instance_id: 'i-1', port: 80 } },
      ),
    ],
    ['AUTHORIZED_TWICE alicloud_api_gateway_vpc_access.a'],
  ],
])('authorizations with %s', (_, resources, codes) => {
  expect(refused(...resources)).toEqual(codes);
});
