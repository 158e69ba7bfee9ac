import { plans } from '@postern/aws/plans';
import {
  judgeChangeSet,
  judgePulumi,
  judgeTerraform,
  readChangeSet,
  readPulumi,
  readTemplate,
  readTerraform,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { FORMS } from '../forms/forms.js';
import { documentOf, readRecords } from '../forms/records.js';
import { sample } from '../../../../core/test/runs.js';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';
import { asCloudFormation, logical } from './as-cloudformation.js';
import { asPulumi, TOKENS, urnOf, written, type RecordedChange, type RecordedDocument } from './as-pulumi.js';
import { TYPES } from './cloudformation-types.js';

const records = readRecords();

/** A recorded plan of a first apply, with the types that all three tools write. */
function planOf(name: string, types: Readonly<Record<string, unknown>>): RecordedDocument {
  const form = FORMS.find((one) => one.name === name);
  const recorded = records.forms[name];
  if (form === undefined || recorded === undefined || form.from !== undefined) throw new Error(`no first plan ${name}`);
  return written(documentOf(records, recorded, 'plan'), types);
}

/** Verdicts of routes, and what is found, at which resources: `nameOf` is what a tool calls one of them. */
function told(
  { integrations, findings }: PlanJudgement,
  changes: readonly RecordedChange[],
  nameOf: (change: RecordedChange) => string,
) {
  const names = new Map(changes.map((change) => [nameOf(change), PARTS[change.type] ?? change.address]));
  /** What comes with a resource is named by one of its attributes, of which two may say the same. */
  const named = (address: string): string => {
    const [, owner = address] = /^(.+)\.(?:default|main)_\w+$/.exec(address) ?? [];
    return names.get(owner) ?? owner;
  };
  const at = (addresses: readonly string[]): string => [...new Set(addresses.map(named))].toSorted().join(' ');
  return {
    routes: integrations.map(({ route, before, after }) => `${route}: ${before} → ${after}`).toSorted(),
    findings: findings.map(({ check, code, addresses }) => `${check} ${code} ${at(addresses)}`).toSorted(),
  };
}

/** What is a part of another resource for CloudFormation; the forms have one of each. */
const PARTS: Readonly<Record<string, string>> = {
  aws_api_gateway_integration: 'method',
  aws_api_gateway_method: 'method',
  aws_lb_target_group: 'target group',
  aws_lb_target_group_attachment: 'target group',
};

const judged = (document: RecordedDocument) =>
  told(
    judgeTerraform(readTerraform(JSON.stringify(document)), EMPTY, { plans: [plans], region: 'eu-west-1' }),
    document.resource_changes,
    ({ address }) => address,
  );

const BOTH = [
  'rest-nlb',
  'rest-closed',
  'rest-stage-variables',
  'ecs-alb',
  'ecs-alb-closed',
  'ecs-rest',
  'ecs-rest-none',
  'ecs-nlb',
  'ecs-nlb-closed',
  'ecs-map',
  'ecs-map-none',
  'ecs-separate',
  'ecs-separate-closed',
  'ecs-separate-none',
  'group',
  'group-closed',
  'group-of-none',
];

/** A plan of Terraform does not have the names of variables that are known later. A template has them. */
const LACKS = 'rest-stage-variable-lacks';

describe('the same first plan', () => {
  it('as a change set, which has the names of the stage variables', () => {
    const document = planOf(LACKS, TYPES);
    const { changeSet, template } = asCloudFormation(document.resource_changes, document.configuration.root_module);
    const { integrations, findings } = judgeChangeSet(readChangeSet(changeSet), readTemplate(template), EMPTY, {
      plans: [plans],
    });
    expect(integrations).toMatchObject([{ route: 'ANY /{proxy+}', before: 'absent', after: 'fail' }]);
    expect(findings.map(({ message }) => message).join('\n')).toContain('vpcLinkId');
    expect(judged(document).routes).toEqual([': absent → unknown']);
  });

  it.each(sample(BOTH, 3))('as a change set: %s', (name) => {
    const document = planOf(name, TYPES);
    const { changeSet, template } = asCloudFormation(document.resource_changes, document.configuration.root_module);
    const found = told(
      judgeChangeSet(readChangeSet(changeSet), readTemplate(template), EMPTY, { plans: [plans] }),
      document.resource_changes,
      logical,
    );
    expect(found).toEqual(judged(document));
  });

  it.each([...sample(BOTH.toReversed(), 3), LACKS, 'group-attached'])('as a preview of Pulumi: %s', (name) => {
    const document = planOf(name, TOKENS);
    const preview = asPulumi(document.resource_changes, document.configuration.root_module);
    expect(told(judgePulumi(readPulumi(preview), EMPTY, { plans: [plans] }), document.resource_changes, urnOf)).toEqual(
      judged(document),
    );
  });
});
