import type { Spec } from '@postern/core/internal/library';
import { counted, displayText } from '@postern/core/internal/report';
import { printProblems } from '../../errors/handle-error.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { printJson, printLines } from '../../output/print.js';
import { STDIN } from '../../process/read-file.js';
import { eachSpec, statusOf } from '../../spec/each-spec.js';
import { loadSpec } from '../../spec/load-spec.js';

/**
 * `postern validate`: whether specs can be read, each with all of its errors. No cloud is called. The exit status is 64 where one
 * cannot.
 */
export async function run({ io, args, options: { region, json } }: CallOf<typeof grammar.validate>): Promise<number> {
  const all = await eachSpec(args, io, async (file) =>
    sizeOf((await loadSpec(file, io, { region, offline: true })).spec),
  );
  if (json === true) {
    printJson(io, {
      specs: all.map(({ file, found, wrong }) => ({ file, valid: found !== undefined, ...found, ...wrong })),
    });
    return statusOf(all);
  }

  for (const { file = '', found, wrong } of all) {
    if (wrong !== undefined) printProblems(io, wrong);
    if (found === undefined) continue;

    const parts = (['link', 'integration', 'route'] as const).map((one) => counted(found[`${one}s`], one));
    printLines(io, `${file === '-' ? STDIN : displayText(file)}: valid (${parts.join(', ')})`);
  }
  return statusOf(all);
}

/** How much a spec declares. */
function sizeOf({ links, integrations }: Spec): {
  readonly links: number;
  readonly integrations: number;
  readonly routes: number;
} {
  const all = Object.values(integrations);
  return {
    links: Object.keys(links).length,
    integrations: all.length,
    routes: all.reduce((sum, { routes }) => sum + Object.keys(routes).length, 0),
  };
}
