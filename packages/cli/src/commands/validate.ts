import { isPosternError, type Spec } from '@postern/core';
import { displayText } from '@postern/core/report';
import { printProblems, problemsOf, type Problems } from '../errors/handle-error.js';
import type { Invocation } from '../invocation.js';
import { printJson, printLines } from '../output/print.js';
import { count } from '../output/quantities.js';
import type { Io } from '../process/io.js';
import { findSpec, loadSpec } from '../spec/load-spec.js';

interface Options {
  readonly region?: string;
}

/** What a spec declares, or what is wrong with it. */
type Validated = { readonly file: string | undefined } & (
  | { readonly valid: true; readonly links: number; readonly integrations: number; readonly routes: number }
  | ({ readonly valid: false } & Problems)
);

/**
 * `postern validate`: whether specs can be read, each with all of its errors. No cloud is called. The exit status is 64 where one
 * cannot.
 */
export async function run({ io, args, options }: Invocation<Options>): Promise<number> {
  const specs: Validated[] = [];
  for (const file of args.length === 0 ? [undefined] : args) specs.push(await validated(file, io, options));
  if (options.json === true) printJson(io, { specs });
  else for (const one of specs) print(io, one);
  return specs.every(({ valid }) => valid) ? 0 : 64;
}

async function validated(named: string | undefined, io: Io, { region }: Options): Promise<Validated> {
  let file = named;
  try {
    file ??= await findSpec(io);
    const { spec } = await loadSpec(file, io, { region, offline: true });
    return { file, valid: true, ...sizeOf(spec) };
  } catch (error) {
    if (!isPosternError(error)) throw error;
    const { problems, more } = problemsOf(error);
    return {
      file,
      valid: false,
      problems: problems.map(({ code, message, place, remedy }) => ({ code, message, place, remedy })),
      more,
    };
  }
}

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

function print(io: Io, spec: Validated): void {
  if (!spec.valid) return printProblems(io, spec);
  const { file = '', links, integrations, routes } = spec;
  const parts = [count(links, 'link'), count(integrations, 'integration'), count(routes, 'route')];
  printLines(io, `${displayText(file)}: valid (${parts.join(', ')})`);
}
