import type { AllowEntry } from '../../../../src/do/model/allowlist.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Route } from '../../../../src/do/model/route.js';
import type { Target } from '../../../../src/do/model/target.js';
import type { LinkPlan } from '../../../../src/do/plan/links/link-plan.js';
import type { IntegrationPlan } from '../../../../src/do/plan/plan-integration.js';
import { planNarrowing } from '../../../../src/do/plan/removal/narrowing.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { collectProblems } from '../../../../src/do/world/resolve/problems.js';
import { linkSpec, smallSpec } from '../../../fake-run.js';
import { draftOf, gatewayOf, linkOf, OWN, regionOf, stepsOf, take } from './owned.js';

export const entry = (cidrBlock: string, port = 443, fields: Partial<AllowEntry> = {}): AllowEntry => ({
  cidrBlock,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  ...fields,
});
export const OLD = entry('10.1.0.0/16');
const NEW = entry('10.2.0.0/16');
const EU: Owner = { ...OWN, integration: 'eu' };

export interface Scene {
  readonly routes?: readonly Route[];
  readonly targets?: readonly Target[];
  readonly plan?: Partial<LinkPlan>;
  readonly region?: Partial<RegionSnapshot>;
  /** Targets that the spec declares on this link, or on the link of that name. */
  readonly declared?: readonly {
    readonly ids?: readonly string[];
    readonly target?: object;
    readonly ref?: object;
    readonly link?: string;
  }[];
  readonly draft?: ReturnType<typeof draftOf>;
  readonly allowlist?: readonly string[];
}

/** Narrows the allowlist of link l-1, which has `OLD` beside `NEW`, in a region that routes and targets are in. */
export function narrowed({
  routes = [],
  targets = [],
  plan,
  region = {},
  declared = [],
  draft = draftOf(),
  allowlist = [],
}: Scene = {}) {
  const link = linkOf(EU);
  const where = regionOf({
    provider: 'aws',
    links: [link],
    gateways: [gatewayOf({ routes })],
    targets,
    allowlists: [{ linkId: 'l-1', owned: true, securityGroupId: 'sg-own', entries: [OLD, NEW], wider: [] }],
    ...region,
  });
  const resolved = { name: 'eu', spec: linkSpec({ allowlist }), region: where, marked: {} };
  const links = new Map([
    [
      'eu',
      {
        resolved,
        current: link,
        steps: [],
        extra: [OLD],
        entries: [NEW],
        allowlistId: 'sg-own',
        replaced: [],
        notes: [],
        unchanged: 0,
        ...plan,
      } as unknown as LinkPlan,
    ],
  ]);
  const integrations = declared.map(({ ids = [], target, ref = { listener: 'x' }, link: name = 'eu' }) => ({
    resolved: {
      name: 'orders',
      region: where,
      link: name === 'eu' ? resolved : { ...resolved, name },
      targets: new Map([['a', { name: 'a', spec: { ref }, target }]]),
    },
    targetIds: ids,
  })) as unknown as readonly IntegrationPlan[];
  const problems = collectProblems(smallSpec());
  take(draft, planNarrowing(draft, draft, links, integrations, problems));
  const steps = stepsOf(draft).filter(({ kind }) => kind === 'revoke');
  return {
    gone: steps.flatMap((one) =>
      inputOf(one, 'revoke allowlist').entries.map(({ cidrBlock, fromPort }) => `${cidrBlock} ${fromPort}`),
    ),
    steps,
    notes: draft.notes,
    draft,
    check: () => problems.check(),
  };
}
