import { aboutTarget, defineCheck, fail, COUNTED, pass, unknown } from '@postern/core/internal/checks';
import type { AwsTypes } from '../../../cloud/types.js';
import type { TargetRef } from '@postern/core/internal/library';
import type { CheckInput, IntegrationView, Outcome, Say, TargetView } from '@postern/core/internal/check';
import { readArn, type Arn } from '../../../cloud/arn.js';

const ARN_CODES = { RIGHT_PLACE: pass('{message}') };

/** The text of a reference that is expected to be an ARN, if there is one. */
function arnText(given: TargetRef): string | undefined {
  const ref = given as AwsTypes['target'];
  if ('service' in ref) return ref.service;
  if (!('listener' in ref)) return undefined;

  const { listener } = ref;
  if (typeof listener === 'string') return listener;

  return listener.loadBalancer.startsWith('arn:') ? listener.loadBalancer : undefined;
}

/** Passes: the ARN of the target is in the expected region and account. */
function rightPlace(
  say: Say<typeof ARN_CODES>,
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  id: string,
  message: string,
): Outcome {
  if (!input.passes) return COUNTED;

  return say.RIGHT_PLACE(aboutTarget(integration, target), { message }, [{ kind: 'target', id, text: message }]);
}

/** A target of AWS with its ARN. */
export interface ArnTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  readonly arn: Arn;
  readonly text: string;
}

/** The AWS targets whose ARN is known, from the reference or from the resource found: read once for all checks. */
function arnTargets(input: CheckInput): readonly ArnTarget[] {
  return input.derived('targets by ARN', readArns);
}

function readArns({ integrations }: CheckInput): readonly ArnTarget[] {
  const read: ArnTarget[] = [];
  for (const integration of integrations) {
    if (integration.link.region.region.provider !== 'aws') continue;

    for (const target of integration.targets) {
      const text = arnText(target.spec.ref) ?? target.target?.id;
      const arn = text === undefined ? undefined : readArn(text);
      if (text !== undefined && arn !== undefined && arn.account !== '') read.push({ integration, target, arn, text });
    }
  }
  return read;
}

export const targetRegion = defineCheck({
  id: 'target/region',
  severity: 'error',
  title: 'The target is in the region of the link',
  about: 'On AWS the link, the API and the load balancer (or Cloud Map service) are in one region and one partition.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  codes: {
    ...ARN_CODES,
    OTHER_REGION: fail(
      'the target is in {region}, and link {link} is in {linkRegion}',
      'Use a load balancer in {linkRegion}, or a link and an API in {region}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region } = integration.link.region.region;
      if (arn.region === region) yield rightPlace(say, input, integration, target, text, `the target is in ${region}`);
      else {
        const params = { region: arn.region, link: integration.link.name, linkRegion: region };
        const evidence = [{ kind: 'target', id: text, text: `region ${arn.region}` }];
        yield say.OTHER_REGION(aboutTarget(integration, target), params, evidence);
      }
    }
  },
});

export const targetAccount = defineCheck({
  id: 'target/account',
  severity: 'error',
  title: 'The target is in the account of the link',
  about:
    'On AWS the link, the API and the load balancer (or Cloud Map service) are in one account. A listener in another account is rejected, even if its subnets are shared.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  codes: {
    ...ARN_CODES,
    ACCOUNT_NOT_READ: unknown('the target is in the account of the link'),
    OTHER_ACCOUNT: fail(
      'the target is in account {account}, and link {link} is in account {linkAccount}',
      'Use a load balancer in account {linkAccount} in front of the target, or a link and an API in account {account}.',
    ),
  },
  *run(input, say) {
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const about = aboutTarget(integration, target);
      const { region, missing } = integration.link.region;
      const { account } = region;
      // A plan is laid over a region that no snapshot has: its account is not known, and what the plan creates there has the same.
      const isOpen = /^0+$/.test(account) && arn.account !== account;
      const remedy = `Take a snapshot with \`postern snapshot --provider aws --region ${region.region}\`.`;
      const open = isOpen ? { what: `the account of ${region.region}`, remedy } : undefined;
      const unread = region.unread === undefined ? open : missing('links');
      if (unread !== undefined) yield say.ACCOUNT_NOT_READ(about, {}, unread);
      else if (arn.account === account)
        yield rightPlace(say, input, integration, target, text, `the target is in account ${account}`);
      else {
        const params = { account: arn.account, link: integration.link.name, linkAccount: account };
        yield say.OTHER_ACCOUNT(about, params, [{ kind: 'target', id: text, text: `account ${arn.account}` }]);
      }
    }
  },
});
