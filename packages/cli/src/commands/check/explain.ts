import type { Spec } from '@postern/core/internal/library';
import { explain } from '@postern/core/internal/check';
import { displayText, explainText, jsonText, textTable } from '@postern/core/internal/report';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { painter } from '../../output/colors.js';
import { note, printJson, printLines } from '../../output/print.js';
import { headingOf, takeSnapshot } from '../../snapshot/take-snapshot.js';
import type { Io } from '../../process/io.js';
import { loadSpec } from '../../spec/load-spec.js';

/** The version of what `explain --json` prints. */
const EXPLANATIONS_VERSION = 1;

/**
 * `postern explain`: the path of an integration's calls to its targets, hop by hop, or that of one call. Without an argument it lists
 * the integrations. The exit status is 3 where a call certainly does not arrive.
 */
export async function run({ io, args: [first, second], options }: CallOf<typeof grammar.explain>): Promise<number> {
  const { spec, clouds } = await loadSpec(options.spec, io, options);
  if (first === undefined) return list(io, spec, options.json === true);

  const taken = await takeSnapshot(io, spec, options);
  const named = { clouds, ...namedIn(spec, first, second), live: taken.file === undefined };
  const explanations = explain(taken.snapshot, spec, named);
  if (options.format !== undefined) {
    const { drawExplanations } = await import('../../graph/draw-explanations.js');
    await drawExplanations(io, explanations, { format: options.format, output: options.output });
  } else if (options.json === true) {
    note(io, headingOf(taken));
    io.stdout.write(`${jsonText({ version: EXPLANATIONS_VERSION, explanations }, 2)}\n`);
  } else {
    const text = explainText(explanations, { paint: painter(io), width: io.stdout.columns, all: options.full });
    io.stdout.write(`${headingOf(taken)}\n\n${text}`);
  }
  return explanations.some(({ verdict, failures = [] }) => verdict === 'fail' || failures.length > 0) ? 3 : 0;
}

/** The integrations, with what can be named after them. */
function list(io: Io, { integrations }: Spec, isJson: boolean): number {
  const rows = Object.entries(integrations).map(([name, { link, routes }]) => ({
    integration: name,
    link,
    routes: Object.keys(routes),
  }));
  if (isJson) printJson(io, { version: EXPLANATIONS_VERSION, integrations: rows });
  else if (rows.length === 0) printLines(io, 'The spec has no integration.');
  else {
    const cells = rows.map(({ integration, link, routes }) => [integration, link, routes.join(', ')].map(displayText));
    const tableOptions = { columns: io.stdout.columns, shown: io.shown };
    printLines(io, ...textTable(['INTEGRATION', 'LINK', 'ROUTES'], cells, tableOptions));
  }
  return 0;
}

/** An integration and a route; or a call, `GET /orders/7`, in one argument or in two. */
function namedIn({ integrations }: Spec, first: string, second: string | undefined) {
  const call = second === undefined ? first : `${first} ${second}`;
  const isCall = !Object.hasOwn(integrations, first) && /^[A-Z]+ \//.test(call);
  return isCall ? { route: call } : { integration: first, route: second };
}
