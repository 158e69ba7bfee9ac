import type { TargetRef } from '../../../do/model/target.js';
import type { CheckInput, IntegrationView, LinkView, TargetView } from '../../../do/world/views.js';
import { aboutTarget } from '../../../do/findings/about.js';
import { type Say, COUNTED } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

export const ARN_CODES = ['RIGHT_PLACE'] as const;

/** The parts of an ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Reads an ARN; `undefined` if a text is not one. */
export function readArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const ofService = text.indexOf(':', 4) + 1;
  const ofRegion = text.indexOf(':', ofService) + 1;
  const ofAccount = text.indexOf(':', ofRegion) + 1;
  const ofResource = text.indexOf(':', ofAccount) + 1;
  if (ofService === 0 || ofRegion === 0 || ofAccount === 0 || ofResource === 0) return undefined;
  const partition = text.slice(4, ofService - 1);
  const service = text.slice(ofService, ofRegion - 1);
  const resource = text.slice(ofResource);
  if (partition === '' || service === '' || resource === '') return undefined;
  const region = text.slice(ofRegion, ofAccount - 1);
  return { partition, service, region, account: text.slice(ofAccount, ofResource - 1), resource };
}

/** The text of a reference that is expected to be an ARN, if there is one. */
function arnText(ref: TargetRef): string | undefined {
  if ('service' in ref) return ref.service;
  if (!('listener' in ref)) return undefined;
  const { listener } = ref;
  if (typeof listener === 'string') return listener;
  return listener.loadBalancer.startsWith('arn:') ? listener.loadBalancer : undefined;
}

/**
 * Whether a reference is an ARN that cannot be a target of a link: one of another region or account, or one that is neither
 * a listener nor a service. `target/region`, `target/account` and `target/kind` report it.
 */
export function isElsewhereOrOther({ region: { region: here, clouds } }: LinkView, ref: TargetRef): boolean {
  const text = clouds.network(here).namesByArn ? arnText(ref) : undefined;
  const arn = text === undefined ? undefined : readArn(text);
  if (arn === undefined) return false;
  const isForeign = here.unread === undefined && arn.account !== '' && arn.account !== here.account;
  if (arn.region !== here.region || isForeign) return true;
  if ('service' in ref) return arn.service !== 'servicediscovery' || !arn.resource.startsWith('service/');
  const due =
    'listener' in ref && typeof ref.listener === 'string' ? /^listener\/(?:app|net)\// : /^loadbalancer\/(?:app|net)\//;
  return arn.service !== 'elasticloadbalancing' || !due.test(arn.resource);
}

/** Passes: the ARN of the target is in the expected region and account. */
export function rightPlace(
  say: Say,
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  id: string,
  message: string,
): Outcome {
  if (!input.passes) return COUNTED;
  return say.pass(
    aboutTarget(integration, target),
    'RIGHT_PLACE',
    () => ({ message }),
    (p) => ({ message: p.message, evidence: [{ kind: 'target', id, text: message }] }),
  );
}

/** A target of AWS with its ARN. */
export interface ArnTarget {
  readonly integration: IntegrationView;
  readonly target: TargetView;
  readonly arn: Arn;
  readonly text: string;
}

/** The AWS targets whose ARN is known, from the reference or from the resource found: read once for all checks. */
export function arnTargets(input: CheckInput): readonly ArnTarget[] {
  return input.derived('targets by ARN', readArns);
}

function readArns({ integrations }: CheckInput): readonly ArnTarget[] {
  const read: ArnTarget[] = [];
  for (const integration of integrations) {
    if (!integration.link.region.clouds.network(integration.link.region.region).namesByArn) continue;
    for (const target of integration.targets) {
      const text = arnText(target.spec.ref) ?? target.target?.id;
      const arn = text === undefined ? undefined : readArn(text);
      if (text !== undefined && arn !== undefined && arn.account !== '') read.push({ integration, target, arn, text });
    }
  }
  return read;
}
