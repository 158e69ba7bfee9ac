import { readdirSync, readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { EMPTY } from '../../../../aws/test/plans/shop-plan.js';

type Members = Readonly<Record<string, unknown>>;

interface Change {
  readonly address: string;
  readonly change: { readonly actions: readonly string[]; readonly before?: unknown; readonly same?: true };
}

interface Plan {
  readonly what?: string;
  readonly changes: readonly Change[];
  readonly without?: readonly string[];
  readonly configuration?: number;
  readonly creates?: true;
  readonly route?: string;
  readonly outcome: string;
  readonly more?: Members;
  readonly data?: readonly object[];
}

/** Plans of one configuration over one base. What most of them leave as it is stands once. */
interface Group {
  readonly name: string;
  readonly called?: string;
  readonly snapshot: Snapshot;
  readonly configuration?: object;
  readonly configurations?: readonly object[];
  readonly unchanged: readonly Change[];
  readonly plans: Readonly<Record<string, Plan>>;
}

/** A plan of the real tool. */
export interface RecordedPlan {
  readonly name: string;
  readonly what: string;
  /** What `terraform show -json` printed. */
  readonly text: string;
  readonly base: Snapshot;
  /** The key of the route that was called. */
  readonly route: string;
  /** The address of that route, where several have the key. */
  readonly called: string | undefined;
  /** What a call was answered once the plan had been applied on the simulated cloud. */
  readonly outcome: string;
  /** The addresses of what it changes. */
  readonly changed: readonly string[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

/**
 * Plans that Terraform 1.11.4 with the AWS provider 5.100.0 made. Those of `plans.json` are of `examples/terraform`; the
 * others are written by `packages/simulator/test/terraform/plans.test.ts`, which also has their configurations.
 */
export function recordedPlans(): readonly RecordedPlan[] {
  const { groups } = read('plans.json') as { readonly groups: readonly Omit<Group, 'name'>[] };
  const older = groups.map((group, at): Group => ({ ...group, name: `shop ${at + 1}` }));
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.json'));
  const others = files.toSorted().flatMap((file) => {
    const group = read(file) as Partial<Group>;
    return group.plans === undefined ? [] : (group as Group);
  });
  return [...older, ...others].flatMap((group) =>
    Object.entries(group.plans).map(([name, plan]) => recorded(group, name, plan)),
  );
}

function recorded(group: Group, name: string, plan: Plan): RecordedPlan {
  const { snapshot, configurations = [], unchanged } = group;
  const { changes, without = [], configuration = 0, creates, more = {}, data = [], outcome } = plan;
  const changed = new Set([...changes.map(({ address }) => address), ...without]);
  const kept = creates === true ? [] : unchanged.filter(({ address }) => !changed.has(address));
  const document = {
    format_version: '1.2',
    ...more,
    resource_changes: [...kept, ...changes].map(whole),
    configuration:
      group.configuration === undefined ? configurations[configuration] : { root_module: group.configuration },
    prior_state: { values: { root_module: { resources: data } } },
  };
  return {
    name: `${group.name}: ${name}`,
    what: plan.what ?? name.replaceAll('-', ' '),
    text: JSON.stringify(document),
    base: creates === true ? EMPTY : snapshot,
    route: plan.route ?? (name === 'route-added' ? 'GET /items' : 'ANY /orders/{proxy+}'),
    called: group.called,
    outcome,
    changed: changes.filter(({ change }) => change.actions[0] !== 'no-op').map(({ address }) => address),
  };
}

/** What does not change is kept once. */
function whole({ change: { same, ...change }, ...one }: Change): object {
  return { ...one, change: same === true ? { ...change, after: change.before } : change };
}
