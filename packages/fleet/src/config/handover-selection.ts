import type { Clouds } from '@postern/core/kinds';
import type { SourcePlace } from '@postern/core';
import type { Problem } from '@postern/core/spec-form';
import { placeProblems } from './entry-places.js';
import type { HandoverSelection } from './fleet-file.js';
import type { FleetInput } from './fleet-schema.js';
import { problem } from './problems.js';

type HandoverInput = NonNullable<FleetInput['handovers']>[number];

/** A hand-over of the file, which {@link handoverProblems} accepts. */
export function handoverSelection(
  { accounts, regions, stage = 'RELEASE', ...how }: HandoverInput,
  place: SourcePlace,
): HandoverSelection {
  return { how: { ...how, stage }, provider: 'alibaba', accounts, regions, place };
}

/** What says how the gateway is that is bought. */
const OF_PURCHASE = ['type', 'prepaid'] as const;

/** Hand-overs without a target or with two, and accounts and regions that do not exist. */
export function handoverProblems({ handovers = [], accounts }: FleetInput, clouds: Clouds): readonly Problem[] {
  return handovers.flatMap((one, at): Problem[] => {
    const path = ['handovers', at];
    const { gateway, vSwitches } = one;
    return [
      ...(gateway === undefined && vSwitches === undefined
        ? [problem(path, 'no target is given', 'Add `gateway`, or `vSwitches` where a gateway is to be bought.')]
        : []),
      ...(gateway !== undefined && vSwitches !== undefined
        ? [problem([...path, 'vSwitches'], '`vSwitches` does not go with `gateway`', 'Remove one of them.')]
        : []),
      ...OF_PURCHASE.filter((key) => one[key] !== undefined && vSwitches === undefined).map((key) =>
        problem(
          [...path, key],
          `\`${key}\` is for a gateway that is bought`,
          `Remove \`${key}\`, or add \`vSwitches\`.`,
        ),
      ),
      ...placeProblems(path, { provider: 'alibaba', accounts: one.accounts, regions: one.regions }, accounts, clouds),
    ];
  });
}
