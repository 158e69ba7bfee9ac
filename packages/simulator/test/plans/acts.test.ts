import { plans } from '@postern/alibaba/plans';
import { expect, it } from 'vitest';
import { alibabaInput } from '../../src/alibaba/input-shapes.js';

const { acts = {} } = plans.acts ?? {};

/** Types with a row that are not carried out: the simulated cloud has no prefix lists of VPC. */
const WITHOUT = ['alicloud_vpc_prefix_list'];

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
