import { InvalidInputError } from '@postern/core/internal/library';
import { diff } from '@postern/core/internal/plan';
import type { Graph, GraphPage } from '@postern/core/internal/graph';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { draw } from '../../graph/draw.js';
import { printJson } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';
import { takeSnapshot } from '../../snapshot/take-snapshot.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { loadSpec } from '../../spec/load-spec.js';

/**
 * `postern graph`: what a spec declares, what a snapshot has, or both with what findings block; with `--changes`, what would
 * change. A cloud is called only with `--live`.
 */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.graph>): Promise<number> {
  const { graph, page } = await drawn(io, file, options);
  if (options.json === true) printJson(io, graph);
  else await draw(io, graph, options, page);
  return 0;
}

/** What is drawn, and what a page shows besides: with a spec in a snapshot its findings, as `postern check` reports them. */
interface Drawn {
  readonly graph: Graph;
  readonly page?: GraphPage;
}

async function drawn(
  io: Io,
  file: string | undefined,
  options: OptionsOf<typeof grammar.graph> & CommonOptions,
): Promise<Drawn> {
  const { graphOf, graphOfPlan, graphOfSnapshot, graphOfSpec } = await import('@postern/core/internal/graph');
  const { snapshot: from, live = false, changes = false, region } = options;
  if (live && from !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--live is not allowed with --snapshot', {
      remedy: 'Leave one of them out: --live reads the cloud, and --snapshot a file.',
    });
  }
  if (changes && !live && from === undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--changes needs a spec and a snapshot, or --live', {
      remedy: 'Add --live, or --snapshot FILE: `postern snapshot --spec postern.yaml -o FILE` writes one.',
    });
  }
  if (from !== undefined && file === undefined && !changes)
    return { graph: graphOfSnapshot(await readSnapshot(io, from, options), await cloudsOf(io)) };

  const { spec, clouds } = await loadSpec(file, io, { region, profile: options.profile });
  if (!live && from === undefined) return { graph: graphOfSpec(spec, { clouds }) };

  const { snapshot, file: read } = await takeSnapshot(io, spec, options);
  if (changes) return { graph: graphOfPlan(diff(snapshot, spec, { clouds })) };

  const { countedCheck } = await import('@postern/core/internal/check');
  const page = countedCheck(snapshot, spec, { clouds, passes: false, sorted: true, live: read === undefined });
  return { graph: graphOf(snapshot, spec, { clouds, report: page.report }), page };
}
