import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';

interface Part {
  readonly changes: readonly object[];
  readonly resources: readonly object[];
}

/**
 * Plans of Terraform 1.11.4 with the AWS provider 5.100.0, without values that are null: a listener, or a rule of it, forwards to the groups
 * `app` with weight 100 and `green` with weight 0, in this order. Terraform sorts them by their weights.
 */
const RECORDED = JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')) as Part & {
  readonly format_version: string;
  readonly listener: Part;
  readonly rule: Part;
};

const ATTACHMENT = '"aws_lb_target_group_attachment"';
const TO_APP = '"references":["aws_lb_target_group.app.arn","aws_lb_target_group.app"]';
const BOTH = [
  '[{"arn":{"references":["aws_lb_target_group.app.arn","aws_lb_target_group.app"]},"weight":{"constant_value":100}}',
  '{"arn":{"references":["aws_lb_target_group.green.arn","aws_lb_target_group.green"]},"weight":{"constant_value":0}}]',
] as const;
const WRITTEN = BOTH.join(',');

type Edit = readonly [from: string, to: string];
/** The smaller weight is written first. */
const TURNED: Edit = [WRITTEN, `[${BOTH[1].slice(0, -1)},${BOTH[0].slice(1)}]`];
const SORTED = '[{"weight":0},{"weight":100}]';
const REVERSED: Edit = [SORTED, '[{"weight":100},{"weight":0}]'];
const LOCALS: Edit = [
  WRITTEN,
  WRITTEN.replace('{"constant_value":100}', '{"references":["local.app"]}').replace(
    '{"constant_value":0}',
    '{"references":["local.green"]}',
  ),
];
/** One of the weights is a local value. */
const LOCAL: Edit = [WRITTEN, WRITTEN.replace('{"constant_value":100}', '{"references":["local.app"]}')];

/** The plan, in which the targets are in these groups. */
function plan(of: 'listener' | 'rule', live: readonly ('app' | 'green')[], edits: readonly Edit[]): string {
  const [changes, resources] = (['changes', 'resources'] as const).map((list) =>
    [...RECORDED[list], ...RECORDED[of][list]].flatMap((one) => {
      const text = JSON.stringify(one);
      if (!text.includes(ATTACHMENT)) return [text];
      return live.map((group) =>
        text
          .replaceAll('aws_lb_target_group_attachment.app', `aws_lb_target_group_attachment.${group}`)
          .replace('"name":"app"', `"name":"${group}"`)
          .replace(TO_APP, TO_APP.replaceAll('.app', `.${group}`)),
      );
    }),
  );
  let text = `{"format_version":"${RECORDED.format_version}","resource_changes":[${changes?.join(',')}],"configuration":{"root_module":{"resources":[${resources?.join(',')}]}}}`;
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  return text;
}

const OPEN = 'are a set, which has no order';

// What a call was answered once the plan had been applied on the simulated cloud: 200 for `pass`, 503 for `fail`.
it.each([
  ['the group with all weight has the targets', 'listener', ['app'], [], 'pass', ''],
  ['the group without weight has the targets', 'listener', ['green'], [], 'fail', ''],
  ['the same in a rule', 'rule', ['app'], [], 'pass', ''],
  ['the smaller weight is written first', 'listener', ['app'], [TURNED], 'pass', ''],
  ['the smaller weight is written first, in a rule', 'rule', ['green'], [TURNED], 'fail', ''],
  ['the order of the values', 'listener', ['app'], [REVERSED], 'pass', ''],
  ['one weight is a local value', 'listener', ['green'], [LOCAL], 'fail', ''],
  ['the weights are local values', 'listener', ['app'], [LOCALS], 'unknown', OPEN],
  ['the weights are local values, and both groups have targets', 'listener', ['app', 'green'], [LOCALS], 'pass', ''],
] as const)('weighted target groups that the plan creates: %s', (_, of, live, edits, after, says) => {
  const { integrations } = judgeTerraform(readTerraform(plan(of, live, edits)), EMPTY, {
    plans: [plans],
    region: 'eu-west-1',
  });
  expect(integrations).toMatchObject([{ address: 'aws_apigatewayv2_route.main', after }]);
  expect(integrations[0]?.because ?? '').toContain(says);
});
