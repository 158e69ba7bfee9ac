import { openScene, stageOf, type Scene, type Stage } from './scene.js';
import type { Fault } from './fault.js';

const scenes = new Map<Fault['source'], Promise<Scene>>();

/** A copy of the scene of a kind; the scene itself is made once. */
export async function open(source: Fault['source']): Promise<Stage> {
  const scene = scenes.get(source) ?? openScene(source);
  scenes.set(source, scene);
  return stageOf(await scene);
}

/** Whether each backend of the scene is called from an instance. */
export function reached({ simulation, parts }: Stage, link: string, source: Fault['source']): readonly boolean[] {
  const far = [[parts.foreignAddress, 8080] as const];
  const near = [[parts.machine, 8080] as const, [parts.balancer, 80] as const];
  return [...near, ...(source === 'integration' ? far : [])].map(
    ([at, port]) => simulation.connects(link, at, port).connects,
  );
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
