import { InvalidInputError } from '@postern/core';
import { diff } from '@postern/core/plan';
import type { Graph } from '@postern/core/graph';
import type { Invocation } from '../invocation.js';
import { draw, type PictureFormat } from '../graph/draw.js';
import { printJson } from '../output/print.js';
import type { Io } from '../process/io.js';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import { loadSpec } from '../spec/load-spec.js';

interface Options {
  readonly region?: string;
  readonly snapshot?: string;
  readonly changes?: boolean;
  readonly format: PictureFormat;
  readonly output?: string;
}

/**
 * `postern graph`: what a spec declares, what a snapshot has, or both with what findings block; with `--changes`, what would
 * change. No cloud is called.
 */
export async function run({ io, args: [file], options }: Invocation<Options>): Promise<number> {
  const graph = await graphFor(io, file, options);
  if (options.json === true) printJson(io, graph);
  else await draw(io, graph, options);
  return 0;
}

async function graphFor(io: Io, file: string | undefined, options: Options): Promise<Graph> {
  const { graphOf, graphOfPlan, graphOfSnapshot, graphOfSpec } = await import('@postern/core/graph');
  const { snapshot: from, changes, region } = options;
  const snapshot = from === undefined ? undefined : await readSnapshot(io, from);
  if (changes === true && snapshot === undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--changes needs a spec and a snapshot', {
      remedy: 'Add --snapshot FILE: `postern snapshot --spec postern.yaml -o FILE` writes one.',
    });
  }
  if (snapshot !== undefined && file === undefined && changes !== true) return graphOfSnapshot(snapshot);
  const { spec } = await loadSpec(file, io, { region });
  if (snapshot === undefined) return graphOfSpec(spec);
  return changes === true ? graphOfPlan(diff(snapshot, spec)) : graphOf(snapshot, spec);
}
