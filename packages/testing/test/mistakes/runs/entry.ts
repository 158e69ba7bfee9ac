// What is bundled with each planted mistake: the harness and its scenarios, over core and the adapters with the mistake in them.
import { drawn, replayed, type EventSource, type Violation } from '../../../src/harness/scenario.js';
import { prepare, type AnyScenario, type Prepared } from '../../../src/internal/harness.js';
import type { EventKind } from '../../../src/harness/trace.js';
import { trial } from '../../../src/harness/trial/trial.js';
import type { TrialResult } from '../../../src/harness/trial/trial-record.js';
import type { Deed } from '../../../src/harness/trial/virtual-process.js';
import type { World } from '../../../src/harness/ground.js';
import { HANDOVERS } from '../../harness/handover/scenarios.js';
import { AWS_MOVES } from '../../harness/moves/aws.js';
import { onTime } from '../../harness/on-time.js';
import { ALIBABA_SCENARIOS } from '../../harness/scenarios/alibaba/index.js';
import { AWS_SCENARIOS } from '../../harness/scenarios/aws/index.js';

/**
 * A clock that is off costs calls and seconds: events would meet other moments, and lists would show what was created before. Moves and hand-overs keep
 * theirs: a drain that ends too early loses calls only where its command takes seconds.
 */
const SCENARIOS: readonly AnyScenario[] = [
  ...[...AWS_SCENARIOS, ...ALIBABA_SCENARIOS].map((scenario) => onTime(scenario)),
  ...AWS_MOVES,
  ...HANDOVERS,
];

/** What is there after each spec of a scenario: the resources, and the routes that are answered; and how many runs that takes. */
export type Ends = Required<Pick<World, 'ends' | 'works'>> & Pick<TrialResult, 'runs'>;

/** How a scenario ends without events. @throws {Error} where an invariant does not hold then */
export async function endsOf(name: string): Promise<Ends> {
  return endsIn(await prepare(scenarioOf(name)));
}

function endsIn({ base: { ends, works, runs } }: Pick<Prepared, 'base'>): Ends {
  return { ends, works, runs };
}

/** How a scenario is tried. */
export interface Trials {
  /** Its ends with the source as it is. */
  readonly ends: Ends;
  /** One trial for each. */
  readonly seeds: number;
  /** The kinds of events, each once, at moments by chance. Without them: all kinds by chance. */
  readonly events?: readonly EventKind[] | undefined;
  /** From 0, the default, to 1: none happens before this part of the moments has passed. */
  readonly after?: number | undefined;
  /** Whether what meets a write meets the record after it instead: a process that is killed then has recorded what it wrote. */
  readonly recorded?: boolean | undefined;
}

/** The first violation in trials of a scenario. Undefined: all invariants hold. */
export async function firstViolation(
  name: string,
  { ends, seeds, events, after, recorded }: Trials,
): Promise<string | undefined> {
  const { base, ...world } = await prepare(scenarioOf(name));
  if (JSON.stringify(endsIn({ base })) !== JSON.stringify(ends)) return 'other ends, or more runs, without events';
  const { edits = {} } = world.built;
  for (let seed = 0; seed < seeds; seed += 1) {
    const source =
      events === undefined
        ? drawn(seed, base.deeds.length, Object.keys(edits))
        : placed(events, base.deeds, { after, recorded }, seed);
    const { violation } = await trial({ ...world, ...ends }, source, seed);
    if (violation !== undefined) return textOf(violation, seed);
  }
  return undefined;
}

/**
 * What lasts begins at once; an event of one call meets a write. Each meets a call: nothing else meets all kinds. Multiplied by
 * the golden ratio, seeds spread evenly over them.
 */
function placed(
  events: readonly EventKind[],
  deeds: readonly Deed[],
  { after = 0, recorded = false }: Omit<Trials, 'ends' | 'seeds'>,
  seed: number,
): EventSource {
  const calls = deeds.flatMap((deed, moment) =>
    deed.is === 'call' && moment >= after * deeds.length ? [{ moment, kind: deed.kind }] : [],
  );
  const recordAfter = (moment: number): number => deeds.findIndex(({ is }, at) => at > moment && is === 'record');
  const writes = calls
    .filter(({ kind }) => kind === 'write')
    .map(({ moment }) => ({ moment: recorded ? recordAfter(moment) : moment }));
  const at = (kind: EventKind, index: number): number => {
    const among = OF_A_WRITE.has(kind) ? writes : calls;
    const lasts = kind === 'lists-lag' || kind === 'small-pages';
    const which = lasts ? 0 : Math.floor((((seed + 1) * 0.618034 * (index + 1)) % 1) * among.length);
    return among[which]?.moment ?? 0;
  };
  return replayed(events.map((kind, index) => ({ kind, moment: at(kind, index) })));
}

const OF_A_WRITE: ReadonlySet<EventKind> = new Set([
  'error-after',
  'throttle-after',
  'lost',
  'kill-after',
  'kill-and-lose',
  'kill-and-switch',
  'deny',
]);

function textOf({ invariant, because }: Violation, seed: number): string {
  return `${invariant} (seed ${seed}): ${because}`;
}

function scenarioOf(name: string): AnyScenario {
  const found = SCENARIOS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no scenario "${name}"`);
  return found;
}
