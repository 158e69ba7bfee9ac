import { openScene, stageOf, type Scene, type Stage } from './scene.js';
import type { Fault } from './fault.js';

const scenes = new Map<Fault['source'], Promise<Scene>>();

/** A copy of the scene of a kind; the scene itself is created once. */
export async function open(source: Fault['source']): Promise<Stage> {
  const scene = scenes.get(source) ?? openScene(source);
  scenes.set(source, scene);
  return stageOf(await scene);
}

/** Whether something is called, and the sentence that says why. */
export interface Answer {
  readonly connects: boolean;
  readonly because: string;
}

/** The results of calls of an instance to each backend of the scene, by name; of a published API: all. */
export function backends({ simulation, parts }: Stage, link: string, source: Fault['source']): Record<string, Answer> {
  const far = [
    [parts.foreignAddress, 8080],
    ['orders.internal', 8080],
  ] as const;
  const near = [
    [parts.machine, 8080],
    [parts.balancer, 80],
  ] as const;
  return Object.fromEntries(
    [...near, ...(source === 'integration' ? far : [])].map(([at, port]) => [
      `${at}:${port}`,
      simulation.connects(link, at, port),
    ]),
  );
}

/** The results of calls of an instance for each API of the group: of its draft, and of its published definitions. */
export function apis({ simulation, parts, call }: Stage, link: string): Record<string, Answer> {
  const { ApiSummarys } = call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup, PageSize: 50 });
  const rows = ApiSummarys.ApiSummary as readonly { readonly ApiId: string; readonly ApiName: string }[];
  return Object.fromEntries(
    rows.map(({ ApiId, ApiName }) => [`API ${ApiName}`, simulation.connects(link, { targetId: ApiId })]),
  );
}

/** Those that are not reached, with the reason. */
export function unreached(answers: Readonly<Record<string, Answer>>): readonly string[] {
  return Object.entries(answers).flatMap(([name, { connects, because }]) => (connects ? [] : [`${name}: ${because}`]));
}

/** The same numbers in [0, 1) for the same seed. */
export function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Some of a list, in its order. */
export function some<T>(list: readonly T[], count: number, random: () => number): readonly T[] {
  const left = [...list.keys()];
  const taken = Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(Math.floor(random() * left.length), 1)[0] ?? 0,
  );
  return taken.toSorted((a, b) => a - b).flatMap((at) => list[at] ?? []);
}
