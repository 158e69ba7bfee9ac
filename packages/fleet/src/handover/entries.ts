import * as z from 'zod';
import type { SourcePlace, Clouds } from '@postern/core/internal/library';
import { optional, required, strict, text, type Problem } from '@postern/core/internal/spec-form';
import { accountPattern, httpPath, named, someRegions } from '../config/entry-schemas.js';
import { placeProblems, problem, type EntryPlaces, type FleetAccounts } from '../config/places.js';
import { handoverNames, type FleetHandover } from './model.js';

/** The cloud of all hand-overs. */
const PROVIDER = 'alibaba';

/** An entry of `handovers`. */
const handover = strict({
  group: required(named, 'The API group, by its ID or name; a pattern such as `shop-*` names several.', {
    examples: ['shop-*'],
    cloud: 'Alibaba Cloud',
  }),
  stage: optional(text(/^(?:RELEASE|PRE|TEST)$/, 'not a stage', 'Write RELEASE, PRE or TEST.'), 'The stage.', {
    examples: ['PRE'],
    absent: '`RELEASE`',
  }),
  gateway: optional(named, 'The ID of the gateway that is the target. It exists.', {
    examples: ['${var:gateway}'],
    absent: 'a gateway is bought for each group; then `vSwitches` is required',
  }),
  vSwitches: optional(z.array(named).min(1).max(10), 'The vSwitches of the gateway that is bought.', {
    examples: [['${var:vswitch}']],
    absent: '`gateway` is required',
  }),
  type: optional(
    text(/^[\w.-]{1,64}$/, 'not a type of gateways', 'Write it as in apigw.small.x1.'),
    'With `vSwitches`: the type of the gateway.',
    { examples: ['apigw.small.x1'], absent: 'the smallest that takes what the instance takes' },
  ),
  prepaid: optional(z.boolean(), 'With `vSwitches`: whether the gateway is paid as a subscription.', {
    examples: [true],
    absent: '`false`: by the hour',
  }),
  waive: optional(
    z.record(named, text(/^[^\p{C}]{1,1024}$/u, 'not a reason', 'Write why it is given up.')),
    'What is blocked or unknown and given up: the rule, or the rule and the object, and the reason.',
    { examples: [{ 'group/own-domain': 'no caller uses these names, access log of November' }], absent: 'none' },
  ),
  certificates: optional(
    z.record(named, named),
    'By domain: the identifier of its certificate in Certificate Management Service.',
    { examples: [{ 'api.example.com': '1234567-cn-hangzhou' }], absent: 'what the group names' },
  ),
  accept: optional(z.array(named).min(1).max(1_000), 'Names of routes that need not be proven.', {
    examples: [['orders-id']],
    absent: 'none',
  }),
  calls: optional(z.record(named, httpPath), 'By the name of a route: the path that the proof calls.', {
    examples: [{ 'orders-id': '/orders/7' }],
    absent: 'the path of the route, with 1 for each parameter',
  }),
  acceptUnwatched: optional(z.boolean(), 'Whether a switch goes on where no call of the proof can be repeated.', {
    examples: [true],
    absent: '`false`',
  }),
  accounts: optional(z.array(accountPattern).min(1).max(10_000), 'Accounts, by their names or by patterns.', {
    examples: [['shop-*']],
    absent: 'every account of the cloud',
  }),
  regions: optional(someRegions, 'Regions.', { examples: [['cn-hangzhou']], absent: 'the regions of the account' }),
});

type HandoverInput = z.output<typeof handover>;

function handoverSelection(
  { accounts, regions, stage = 'RELEASE', ...how }: HandoverInput,
  place: SourcePlace,
): EntryPlaces & { readonly how: FleetHandover } {
  return { how: { ...how, stage }, provider: PROVIDER, accounts, regions, place };
}

/** What says how the gateway is that is bought. */
const OF_PURCHASE = ['type', 'prepaid'] as const;

/** Hand-overs without a target or with two, and accounts and regions that do not exist. */
function handoverProblems(
  handovers: readonly HandoverInput[],
  accounts: FleetAccounts,
  clouds: Clouds,
): readonly Problem[] {
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
      ...placeProblems(path, { provider: PROVIDER, accounts: one.accounts, regions: one.regions }, accounts, clouds),
    ];
  });
}

/** What a file of a fleet declares for hand-overs. */
export const handoverEntries = {
  ...handoverNames,
  schema: optional(
    z.array(handover).min(1).max(10_000),
    'API groups that runs of the goal `handover` send to Cloud-native API Gateway.',
    { examples: [[{ group: 'shop-*', gateway: '${var:gateway}' }]], absent: 'none', cloud: 'Alibaba Cloud' },
  ),
  approvals: { 'dns-switches': 'dns' },
  notAsked: {
    'dns-switches': {
      message: 'no step of a run changes a DNS record: only hand-overs do, and none is given',
      remedy: 'Add `handovers`; before a move of an API group, `moves` asks.',
    },
  },
  problems: (entries: readonly unknown[], accounts: FleetAccounts, clouds: Clouds) =>
    handoverProblems(entries as readonly HandoverInput[], accounts, clouds),
  selection: (entry: unknown, place: SourcePlace) => handoverSelection(entry as HandoverInput, place),
} as const;
