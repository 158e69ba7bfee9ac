import { countedCheck } from '../../check/checks/run.js';
import { SNAPSHOT_VERSION, type Snapshot } from '../../do/snapshot/snapshot.js';
import { writtenSpec } from '../../spec/generate/from-snapshot.js';
import { specFrom } from '../../spec/parse/parse-read.js';
import { layPlan, type Laid } from '../lay/lay-plan.js';
import type { DefaultPlace } from '../lay/places.js';
import type { Choice, Choose } from '../draft/view.js';
import type { TerraformDocument } from '../terraform/document.js';
import type { JudgedWorld } from './judged-world.js';
import { instancesOf, withoutChanges } from '../terraform/instances.js';
import { judgeRoutes } from './routes.js';
import { worlds, type Taken } from './worlds.js';
import { compared, type PlanJudgement } from './compare.js';

/** Options of {@link judgeTerraform}. */
export interface JudgeTerraformOptions extends DefaultPlace {
  /** The moment of the check in milliseconds; by default that of the snapshot. */
  readonly now?: number | undefined;
}

/**
 * Lays a plan of Terraform over the live network, or over a snapshot, and judges each private integration before and
 * after. Without a base the state in the document alone is before. Pure.
 *
 * ```ts
 * const { integrations } = judgeTerraform(readTerraform(text), snapshot);
 * for (const { address, before, after } of integrations) console.log(address, before, after);
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` where the region of a resource is not in the plan.
 */
export function judgeTerraform(
  document: TerraformDocument,
  base: Snapshot | undefined,
  options: JudgeTerraformOptions = {},
): PlanJudgement {
  const start: Snapshot = base ?? { version: SNAPSHOT_VERSION, takenAt: document.timestamp ?? EPOCH, regions: [] };
  const instances = instancesOf(document);
  const before = judged(layPlan(document, withoutChanges(instances), start, options, first), options);
  const taken: Choice[] = [];
  const choose: Choose = (choice) => {
    if (!taken.some((one) => one.address === choice.address && one.attribute === choice.attribute)) taken.push(choice);
    return first(choice);
  };
  const after = judged(layPlan(document, instances, start, options, choose), options);
  const routes = worlds(after, taken, (chosen: Taken) =>
    judged(layPlan(document, instances, start, options, chosen), options),
  );
  return compared(document, base, before, { ...after, routes });
}

const EPOCH = '1970-01-01T00:00:00.000Z';

/** Of a list all candidates, of a single value the first: {@link worlds} tries the others. */
const first: Choose = ({ alternatives }) => alternatives[0] ?? [];

function judged(laid: Laid, { now }: JudgeTerraformOptions): JudgedWorld {
  const { snapshot } = laid;
  const spec = specFrom(JSON.parse(JSON.stringify(writtenSpec(snapshot, { project: PROJECT }).spec)));
  const { report } = countedCheck(snapshot, spec, { passes: false, now });
  return { laid, spec, report, routes: judgeRoutes(snapshot, spec, report) };
}

/** A project that owns nothing: every link and route is declared as it is. */
const PROJECT = 'terraform';
