import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { expect, it } from 'vitest';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';

/** Plans of Terraform 1.11.4 with the AWS provider 5.100.0, without values that are null. */
const PLANS = JSON.parse(readFileSync(new URL('registrars.json', import.meta.url), 'utf8')) as Record<string, object>;

/** The plan with texts replaced, each of which it must have. */
function edited(name: string, ...edits: readonly (readonly [from: string, to: string])[]): string {
  let text = JSON.stringify(PLANS[name]);
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** The plan without a resource. */
function without(name: string, address: string): string {
  const plan = PLANS[name] as { readonly resource_changes: readonly { readonly address: string }[] };
  const changes = plan.resource_changes.filter((one) => one.address !== address);
  expect(changes.length).toBe(plan.resource_changes.length - 1);
  return JSON.stringify({ ...plan, resource_changes: changes });
}

const RULE = (key: string): string => `module.svc["${key}"].aws_vpc_security_group_ingress_rule.task["alb"]`;
const OF_TEMPLATE = '"vpc_security_group_ids":{"references":["aws_security_group.';

it.each<[string, string, 'pass' | 'fail' | 'unknown', string]>([
  ['a service of ECS', edited('ecs'), 'pass', ''],
  [
    'a service without tasks',
    edited('ecs', ['"desired_count":2', '"desired_count":0']),
    'fail',
    'aws_ecs_service.app registers them, and its desired count is 0',
  ],
  [
    'a port that its task definition does not have',
    edited('ecs', ['"container_port":8080', '"container_port":8081']),
    'fail',
    'container app of its task definition has no port 8081',
  ],
  [
    'a task definition with another port than its group allows',
    edited(
      'ecs',
      ['"container_port":8080', '"container_port":8081'],
      [`containerPort\\":8080`, `containerPort\\":8081`],
    ),
    'fail',
    'no rule of aws_security_group.task allows inbound tcp 8081',
  ],
  ['no service for the target group', without('ecs', 'aws_ecs_service.app'), 'fail', 'shop has no targets'],
  ['a module for each service', edited('module'), 'pass', ''],
  [
    'a module whose group does not allow the load balancer',
    without('module', RULE('orders')),
    'fail',
    'no rule of module.svc["orders"].aws_security_group.task allows inbound tcp 8080',
  ],
  ['the same of the other service', without('module', RULE('stock')), 'pass', ''],
  ['a dynamic block in a module, which can name one group alone', edited('dynamic'), 'pass', ''],
  ['a service of Cloud Map', edited('cloud-map'), 'pass', ''],
  [
    'a service of Cloud Map without what registers in it',
    without('cloud-map', 'aws_ecs_service.app'),
    'fail',
    'orders has no instance',
  ],
  ['groups of EC2 Auto Scaling', edited('auto-scaling'), 'pass', ''],
  [
    'a launch template with a group that does not allow the load balancer',
    edited('auto-scaling', [
      `${OF_TEMPLATE}task.id","aws_security_group.task"]`,
      `${OF_TEMPLATE}link.id","aws_security_group.link"]`,
    ]),
    'fail',
    'no rule of aws_security_group.link allows inbound tcp 8080',
  ],
])('plans of Terraform with what registers targets: %s', (_, text, after, says) => {
  const { integrations, findings } = judgeTerraform(readTerraform(text), EMPTY, {
    plans: [plans],
    region: 'eu-west-1',
  });
  expect(
    integrations.map((one) => one.after),
    JSON.stringify(findings, null, 1),
  ).toEqual([after]);
  expect(findings.map(({ message }) => message).join('\n')).toContain(says);
});
