import type { Choice, Choose } from '../draft/choice.js';
import type { JudgedRoute } from './routes.js';

/** The routes of a world, and of which deployment of each gateway they are. */
interface OnStages {
  readonly routes: readonly JudgedRoute[];
}

/** Of verdicts the first that decides where stages differ. */
const WORST: readonly JudgedRoute['verdict'][] = ['fail', 'unknown', 'pass'];

/** Judges each deployment that stages of a gateway serve: each of them has to work. The world is that of the first ones. */
export function onEachStage<W extends OnStages>(judge: (choose: Choose) => W): W {
  const choices = new Map<string, Choice>();
  const judged = (number: number): W =>
    judge((choice) => {
      choices.set(choice.address, choice);
      return choice.alternatives[number] ?? choice.alternatives[0] ?? [];
    });
  const first = judged(0);
  const most = Math.max(0, ...[...choices.values()].map(({ alternatives }) => alternatives.length));
  if (most < 2) return first;

  const worlds = [first, ...Array.from({ length: most - 1 }, (_, at) => judged(at + 1))];
  const routes = first.routes.map((route) => {
    const { alternatives = [[]] } = choices.get(route.gatewayId) ?? {};
    const found = alternatives.flatMap(([stage], at) => {
      const one = worlds[at]?.routes.find(({ gatewayId, key }) => gatewayId === route.gatewayId && key === route.key);
      return one === undefined ? [] : [onStage(one, stage)];
    });
    return WORST.map((is) => found.find(({ verdict }) => verdict === is)).find((one) => one !== undefined) ?? route;
  });
  return { ...first, routes };
}

/** What is wrong on a stage, with its name. */
function onStage(route: JudgedRoute, stage: string | undefined): JudgedRoute {
  if (stage === undefined || route.verdict === 'pass') return route;

  return { ...route, because: `on ${stage}${route.because === undefined ? '' : `: ${route.because}`}` };
}
