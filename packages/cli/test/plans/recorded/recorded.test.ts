import { plans as awsPlans } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../../core/test/runs.js';
import { formsSection } from '../forms/judge-form.js';
import { recordedPlans, type RecordedPlan } from './recorded.js';

const plans = recordedPlans();
const rows = plans.map((plan) => [plan.name, plan] as const);

const judge = ({ text, base }: RecordedPlan): PlanJudgement =>
  judgeTerraform(readTerraform(text), base, { plans: [awsPlans], region: 'eu-west-1' });

/** What is not known before the apply, and why. */
const UNKNOWN: Readonly<Record<string, string>> = {
  'shop 3: acl-return': 'link, load balancer and network ACL have some of two subnets each',
  'forms: inline': 'a condition chooses between two groups',
  'forms: module': 'a map that a module is given names two groups',
  'lifecycle: errored': 'the plan ended with an error',
  'lifecycle: sensitive': 'the block is sensitive',
  'lifecycle: target': 'the plan was made with -target',
  'map: create': 'a local value decides about the port of the instance',
  'map: body-create': 'a local value decides what the document names',
};

/** The last route of an API: it does not exist, and the stage goes on serving it. */
const SERVED = ['shop 2: route-removed'];

/** Refused by the simulated cloud, which is not asked here: the stage serves its last deployment. */
const NOT_DEPLOYED = 'rest: uri-port-not-deployed';

/** What a call is answered, as a verdict. */
function verdictOf(outcome: string): string {
  return /^\d+ delivered/.test(outcome) ? 'pass' : outcome.startsWith('404') ? 'absent' : 'fail';
}

/** A resource of a plan. */
interface ChangedResource {
  readonly address: string;
  readonly change: { readonly after: object };
}

/** The verdict of what is called, after the plan. */
function calledIn({ integrations }: PlanJudgement, { route, called }: RecordedPlan) {
  if (called !== undefined) return integrations.find(({ address }) => address === called);
  const same = integrations.filter((one) => one.route === route || one.route === route.replace(/^\S+ /, 'ANY '));
  return same.find((one) => one.after !== 'absent') ?? same[0] ?? integrations[0];
}

describe('plans of Terraform, applied and called', () => {
  it.each(sample(rows, 7))('%s', (name, plan) => {
    const judged = judge(plan);
    const called = calledIn(judged, plan);
    if (name === NOT_DEPLOYED) return void expect(called?.after).toBe('pass');

    const wanted = SERVED.includes(name) ? 'absent' : name in UNKNOWN ? 'unknown' : verdictOf(plan.outcome);
    expect(called?.after, `${called?.because ?? ''} ${plan.outcome}`).toBe(wanted);
    if (SERVED.includes(name)) expect(called?.because).toContain('last deployment');
    if (called?.after !== 'fail' || called.because !== undefined) return;
    expect(judged.findings.some(({ addresses }) => addresses.some((one) => plan.changed.includes(one)))).toBe(true);
  });

  it('says where calls fail during the apply', () => {
    const plan = plans.find(({ name }) => name === 'shop 2: link-other-group');
    if (plan === undefined) throw new Error('no such plan');
    expect(judge(plan).integrations[0]?.interruptions).toMatchObject([
      { address: 'aws_apigatewayv2_vpc_link.shop', message: expect.stringContaining('calls fail in between') },
    ]);
  });
});

describe('a target group that is replaced', () => {
  const plan = plans.find(({ name }) => name === 'lifecycle: group-replaced');
  if (plan === undefined) throw new Error('no such plan');
  /** The recorded plan creates the new one first, with another name. */
  const replacing = (actions: readonly string[], name?: string): RecordedPlan => {
    const document = JSON.parse(plan.text) as { readonly resource_changes: readonly ChangedResource[] };
    const resource_changes = document.resource_changes.map((one) =>
      one.address === 'aws_lb_target_group.shop'
        ? {
            ...one,
            change: {
              ...one.change,
              actions,
              after: { ...one.change.after, ...(name === undefined ? {} : { name }) },
            },
          }
        : one,
    );
    return { ...plan, text: JSON.stringify({ ...document, resource_changes }) };
  };
  const told = ({ integrations, findings }: PlanJudgement) => ({
    after: integrations.map(({ after }) => after),
    moments: integrations.flatMap(({ interruptions }) => interruptions.map(({ message }) => message)),
    remedies: findings.map(({ remedy }) => remedy),
  });

  it.each([
    ['first', 'is currently in use', ['delete', 'create']],
    ['last', 'is currently in use', ['create', 'delete']],
  ])('is refused where its name stays and it is deleted %s', async (_, message, actions) => {
    const { text, base } = replacing(actions, 'shop');
    const document = readTerraform(text);
    const options = { plans: [awsPlans], region: 'eu-west-1' };
    const ask = await askTerraform(document, base, { ...options, twin: planTwins() });
    const { integrations, findings } = judgeTerraform(document, base, { ...options, ask });
    expect(integrations).toMatchObject([{ after: 'fail' }]);
    expect(findings[0]?.message).toContain(message);
  });

  it('works with all of it', () => {
    expect(told(judge(replacing(['create', 'delete'])))).toMatchObject({ after: ['pass'], remedies: [] });
  });
});

/** With `--update` the page is written again. */
it.runIf(PROVE)('the table of the page is what is judged and what was called', async () => {
  const lines = plans.map((plan) => {
    const called = calledIn(judge(plan), plan);
    const [answer = ''] = /^(?:the apply is refused|not applied|\d+ \S+)/.exec(plan.outcome) ?? [];
    return `| ${plan.name} | ${plan.what} | ${called?.before} → ${called?.after} | ${answer} |`;
  });

  const page = `# Plans that were applied and called

Each plan was made by Terraform, judged, applied on the simulated cloud, and called there. What is unknown before the
apply is unknown, and no other verdict differs from the answer. [Terraform plans](../terraform.md) explains the words.

| plan | what it does | before → after | a call after the apply |
| --- | --- | --- | --- |
${lines.join('\n')}

${await formsSection()}`;
  await expect(page).toMatchFileSnapshot('../../../../../docs/contributing/terraform-plans.md');
});
