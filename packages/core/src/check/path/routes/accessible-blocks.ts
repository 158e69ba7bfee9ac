import { outsideReasons } from '../reasons/route.js';
import type { LinkSpec } from '../../../do/spec.js';
import { allowlistOf } from '../../../do/world/link-facts.js';
import type { Caller } from '../sources/caller.js';
import { passStep, blockText, unknownStep, type PathStep } from '../model/step.js';
import { holds, meets, readSpan, spanText, type Span } from '../model/span.js';
import type { PathCode } from '../reasons/index.js';
import type { Reason } from '../reasons/reason.js';
import type { World } from '../model/world.js';

const HOP = 'accessible blocks';

/**
 * Whether an integration instance sends to an address at all: only into its accessible blocks, and never into its own.
 * `cidr/target-outside` reports both, so that no check here does; on other links rules of security groups have this function.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function admittedStep(world: World, caller: Caller, spec: LinkSpec | undefined, to: Span): PathStep | undefined {
  return world.index.clouds.link(caller.kind).allowlist === 'accessible blocks'
    ? stepOf(world, caller, spec, to)
    : undefined;
}

function stepOf(
  world: World,
  { link, name, subnetIds, unseen }: Caller,
  spec: LinkSpec | undefined,
  to: Span,
): PathStep {
  if (unseen !== undefined) return unknownStep(undefined, HOP, { kind: 'allowlist', id: name }, unseen);

  const own = link?.native?.['instanceCidr'] ?? spec?.native?.['instanceCidr'];
  const ownSpan = typeof own === 'string' ? readSpan(own) : undefined;
  const id = link?.id ?? name;
  if (ownSpan !== undefined && meets(ownSpan, to)) {
    const facts = { address: spanText(to), block: spanText(ownSpan) };
    const isPart = !holds(ownSpan, to);
    const text = `${isPart ? 'a part of ' : ''}${facts.address} is in ${facts.block}, the instance's own block`;
    return stop(id, text, isPart, (called) => outsideReasons.IN_OWN_BLOCK({ ...facts, to: called, isPart }));
  }

  const blocks = blocksOf(world, { link, subnetIds }, spec);
  if (blocks === undefined) {
    const missing = world.index.missing('allowlists', link?.id) ?? {
      what: `the accessible blocks of ${id}`,
      remedy: 'Take the snapshot again.',
    };
    return unknownStep(undefined, HOP, { kind: 'allowlist', id }, missing);
  }

  const spans = blocks.flatMap((text) => readSpan(text) ?? []);
  const holder = spans.find((span) => holds(span, to));
  if (holder === undefined) {
    const facts = { address: spanText(to), blocks, add: blockText({ span: to }) };
    const isPart = spans.some((span) => meets(span, to));
    return stop(id, `none of the accessible blocks ${blocks.join(', ')} contains ${facts.address}`, isPart, (called) =>
      outsideReasons.OUTSIDE_ACCESSIBLE_BLOCKS({ ...facts, to: called, isPart }),
    );
  }

  return passStep(undefined, HOP, () => ({ kind: 'allowlist', id, text: spanText(holder) }));
}

function blocksOf(
  world: World,
  { link, subnetIds }: Pick<Caller, 'link' | 'subnetIds'>,
  spec: LinkSpec | undefined,
): readonly string[] | undefined {
  if (link !== undefined) return allowlistOf(world.index, link.id)?.entries.map(({ cidrBlock }) => cidrBlock);

  // A new instance reaches the blocks of its vSwitches, and the blocks that are then added.
  const own = subnetIds.flatMap((id) => {
    const place = world.place(id);
    return place.is === 'found' ? [place.value.subnet.cidrBlock] : [];
  });
  return [...own, ...(spec?.allowlist ?? [])];
}

/** For a target of which only the block of its address is known, the result depends on the address. */
function stop(id: string, text: string, isPart: boolean, reason: (to: string) => Reason<PathCode>): PathStep {
  return {
    check: undefined,
    hop: HOP,
    ...(isPart ? { verdict: 'unknown', partly: true } : { verdict: 'fail' }),
    describe: ({ to }) => ({ kind: 'allowlist', id, text, ...reason(to.text) }),
  };
}
