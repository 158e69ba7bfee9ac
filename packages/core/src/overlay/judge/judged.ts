import { countedCheck } from '../../check/checks/run.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { snapshotTime } from '../../do/world/derived.js';
import { prepare } from '../../do/world/prepare.js';
import { writtenSpec } from '../../spec/generate/from-snapshot.js';
import { specFrom } from '../../spec/parse/parse-read.js';
import type { Choice, Choose } from '../draft/choice.js';
import type { Laid } from '../lay/laid.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { JudgedWorld } from './judged-world.js';
import { destinationsIn } from './moved-calls.js';
import { judgeRoutes } from './routes.js';
import { servedIn } from './served.js';

/** When a plan is judged. */
interface Moment {
  readonly now?: number | undefined;
}

/** A world without what is computed of one alone. */
export type Judged = Omit<JudgedWorld, 'destinations'> & { readonly checked: Snapshot };

export function destinationsOf(
  { checked, spec, clouds }: Judged,
  { now }: Moment,
  taken: readonly Choice[],
): JudgedWorld['destinations'] {
  let found: ReturnType<typeof destinationsIn> | undefined;
  return ({ gatewayId, key }) => {
    const how = { clouds, now: now ?? snapshotTime(checked), passes: false, planned: true } as const;
    found ??= destinationsIn(prepare(sortSnapshot(checked), spec, how).input, taken);
    return found.get(`${gatewayId} ${key}`);
  };
}

export function judged(laid: Laid, { now }: Moment, { clouds }: PlanSet, chosen: Choose): Judged {
  const { checked, called } = servedIn(withoutLeft(laid.snapshot), clouds, chosen);
  const { spec: written } = writtenSpec(withoutTwins(called), { project: PROJECT, clouds, judged: true });
  const spec = specFrom(JSON.parse(JSON.stringify(written)), { clouds });
  const { report } = countedCheck(checked, spec, { clouds, passes: false, now, planned: true });
  return { laid, spec, clouds, report, checked, routes: judgeRoutes(called, { spec, clouds }, report, laid) };
}

/** Stages go on serving the last deployment of an API that has no route left: that is no route of the plan. */
function withoutLeft(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((gateway) =>
      gateway.routes.length > 0
        ? gateway
        : { ...gateway, stages: gateway.stages.map((stage) => ({ ...stage, served: undefined })) },
    ),
  }));
  return { ...snapshot, regions };
}

/** No cloud accepts a second route with a key, and a spec cannot have it: that it is refused is a finding of its own. */
function withoutTwins(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((gateway) => {
      const seen = new Set<string>();
      const routes = gateway.routes.filter(({ key }) => !seen.has(key) && seen.add(key) !== undefined);
      return routes.length === gateway.routes.length ? gateway : { ...gateway, routes };
    }),
  }));
  return { ...snapshot, regions };
}

/** A project that owns nothing: every link and route is declared as it is. */
const PROJECT = 'plan';
