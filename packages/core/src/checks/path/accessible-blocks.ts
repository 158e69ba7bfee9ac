import type { LinkSpec } from '../../model/spec.js';
import { allowlistOf } from '../link-views.js';
import type { Caller } from './sources.js';
import { holds, meets, readSpan, spanText, type Span } from './span.js';
import { unknownStep, type Step } from './step.js';
import type { World } from './world.js';

const HOP = 'accessible blocks';

/**
 * Whether an integration instance sends to an address at all: only into its accessible blocks, and never into its own. A check of
 * the family `cidr/*` tells of it, so that no check here does; on other links rules of security groups do this work.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function admittedStep(
  world: World,
  { link, name, subnetIds, unseen }: Caller,
  spec: LinkSpec | undefined,
  to: Span,
): Step | undefined {
  const isInstance =
    link === undefined ? world.index.region.provider === 'alibaba' : link.kind === 'integration-instance';
  if (!isInstance) return undefined;
  if (unseen !== undefined) return unknownStep(undefined, HOP, { kind: 'allowlist', id: name }, unseen);
  const own = link?.native?.['instanceCidr'] ?? spec?.native?.['instanceCidr'];
  const ownSpan = typeof own === 'string' ? readSpan(own) : undefined;
  if (ownSpan !== undefined && meets(ownSpan, to)) {
    return stop(
      link?.id ?? name,
      `${spanText(to)} lies in ${spanText(ownSpan)}, the instance's own block`,
      `Give the target another address, or make an instance with another block.`,
    );
  }
  const blocks = blocksOf(world, { link, subnetIds }, spec);
  if (blocks === undefined) {
    const missing = world.index.missing('allowlists', link?.id) ?? {
      what: `the accessible blocks of ${link?.id ?? name}`,
      remedy: 'Take the snapshot again.',
    };
    return unknownStep(undefined, HOP, { kind: 'allowlist', id: link?.id ?? name }, missing);
  }
  const spans = blocks.flatMap((text) => readSpan(text) ?? []);
  const holder = spans.find((span) => holds(span, to));
  if (holder === undefined) {
    return stop(
      link?.id ?? name,
      `none of ${blocks.join(', ')} holds ${spanText(to)}`,
      `Add ${spanText(to)}/${to.family === 4 ? 32 : 128} to the allowlist of the link.`,
    );
  }
  return {
    check: undefined,
    hop: HOP,
    verdict: 'pass',
    tell: () => ({ kind: 'allowlist', id: link?.id ?? name, text: spanText(holder) }),
  };
}

function blocksOf(
  world: World,
  { link, subnetIds }: Pick<Caller, 'link' | 'subnetIds'>,
  spec: LinkSpec | undefined,
): readonly string[] | undefined {
  if (link !== undefined) return allowlistOf(world.index, link.id)?.entries.map(({ cidrBlock }) => cidrBlock);
  // A new instance reaches the blocks of its vSwitches, and what it is then given.
  const own = subnetIds.flatMap((id) => {
    const place = world.place(id);
    return place.is === 'found' ? [place.value.subnet.cidrBlock] : [];
  });
  return [...own, ...(spec?.allowlist ?? [])];
}

function stop(id: string, text: string, remedy: string): Step {
  return {
    check: undefined,
    hop: HOP,
    verdict: 'fail',
    tell: ({ to }) => ({
      kind: 'allowlist',
      id,
      text,
      because: `the instance cannot connect the backend ${to.text}: ${text}`,
      remedy,
    }),
  };
}
