import type { AwsTypes } from '../../types.js';
import type { TargetRef } from '@postern/core';
import type { CheckInput, IntegrationView, Outcome, TargetView } from '@postern/core/check';
import { aboutTarget, COUNTED, pass, type Say } from '@postern/core/checks';
import { readArn, type Arn } from '../../arn.js';

export const ARN_CODES = { RIGHT_PLACE: pass('{message}') };

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
export function rightPlace(
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
export function arnTargets(input: CheckInput): readonly ArnTarget[] {
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
