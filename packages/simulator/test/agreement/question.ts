import type { Simulation } from '../../src/index.js';
import type { Destination, Reach } from '../../src/simulation/world/cloud.js';
import type { Snapshot, Spec } from '@postern/core/internal/library';
import { check, explain, type Explanation } from '@postern/core/internal/check';
import { CLOUDS } from '../../../core/test/clouds.js';

/** One world, one link, one target: the input of both evaluators. */
export interface Question {
  readonly seed: number;
  /** What the world is about. */
  readonly theme: string;
  /** Rows of the situations that occur in the finished world. */
  readonly situations: readonly string[];
  readonly snapshot: Snapshot;
  readonly spec: Spec;
  /** The answer of the simulated network for this link, destination and port. */
  readonly reach: Reach;
  readonly linkId: string;
  readonly to: Destination;
  readonly port?: number | undefined;
  /** The world in which it was computed. */
  readonly world: Simulation['world'];
}

/** How the two answers compare. */
export interface Answer {
  readonly verdict: Explanation['verdict'];
  readonly connects: boolean;
  readonly agree: boolean;
  /** Whether the cloud's behavior is not documented, so that the simulated network does not decide, either. */
  readonly undecided: boolean;
  readonly situations: readonly string[];
  /** The kinds that decided: what blocked the call, or what the pass depends on. */
  readonly kinds: readonly string[];
  /** For the reader: the answer of each of the two. */
  readonly text: string;
}

/**
 * The verdict of `path/*`, and the answer of the simulated network. Unknown agrees with all; only unknown agrees with
 * undecided. A link that carries calls has no error in its subnets.
 */
export function answerOf(question: Question, explained = explain, checked = check): Answer {
  const { seed, theme, situations, snapshot, spec, reach } = question;
  const [explanation] = explained(snapshot, spec, { clouds: CLOUDS, integration: 'main' });
  if (explanation === undefined) throw new Error('nothing is explained');
  const { verdict, paths } = explanation;
  const worst = paths.find((path) => path.verdict === verdict);
  const hop = worst?.hops.find((one) => one.verdict === verdict) ?? worst?.hops.at(-1);
  const kinds = reach.connects ? [...new Set(reach.sources.flatMap(({ via }) => via))] : [reach.by];
  if (!reach.connects && /drops/.test(reach.because) && reach.by.startsWith('security-group'))
    kinds.push('priority drop');
  const undecided =
    reach.undecided ?? (kinds.includes('middlebox') ? 'whether what is on the way forwards' : undefined);
  const agrees = verdict === 'unknown' || (undecided === undefined && (verdict === 'pass') === reach.connects);
  const error = situations.includes('F5') && reach.connects ? subnetError(question, checked) : undefined;
  return {
    verdict,
    connects: reach.connects && undecided === undefined,
    agree: agrees && error === undefined,
    undecided: undecided !== undefined,
    situations,
    kinds,
    text: `seed ${seed} (${[theme, ...situations].join(', ')}): path says ${verdict}, ${hop?.hop}: ${hop?.because ?? hop?.text}; the network says ${undecided ?? (reach.connects ? 'yes' : 'no')}, ${reach.by}: ${reach.because}${error === undefined ? '' : `; but ${error}`}`,
  };
}

/** What `link/free-addresses` reports as an error. */
function subnetError({ snapshot, spec }: Question, checked: typeof check): string | undefined {
  const { findings } = checked(snapshot, spec, { clouds: CLOUDS, passes: false });
  return findings.find((one) => one.check === 'link/free-addresses' && one.severity === 'error')?.message;
}
