import { InvalidInputError } from '@postern/core/internal/library';
import type { ProbeOptions } from '@postern/core/internal/probe';
import type { Io } from '../../process/io.js';
import type { probe } from './grammar.js';
import type { OptionsOf } from '../../grammar/options.js';

/** The options of `postern probe` that say which routes are called, and how. */
export type RouteOptions = Omit<OptionsOf<typeof probe>, 'failOn'>;

/**
 * The options of the command line as core takes them. No message repeats the text of a header: it may be a secret.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function probeOptions(options: RouteOptions): ProbeOptions {
  const { only, stage, method, allMethods, path = [], header = [], host = [], via } = options;
  if (allMethods === true && method !== undefined) {
    throw invalid('--method and --all-methods exclude each other', 'Give only one.');
  }

  return {
    only,
    stages: stage,
    methods: allMethods === true ? 'all' : method,
    paths: entries(path, /^(.+?)=(\/.*)$/s, "--path: expected ROUTE=PATH, as in 'GET /orders/{id}=/orders/7'"),
    headers: entries(header, /^([^:]+):(.*)$/s, "--header: expected NAME: VALUE, as in 'x-api-key: VALUE'"),
    hosts: entries(host, /^([^=]+)=(.+)$/s, '--host: expected GATEWAY=NAME, as in a1b2c3d4e5=api.example.com'),
    via,
  };
}

/** Names and values, each name once. */
function entries(given: readonly string[], form: RegExp, expected: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const text of given) {
    const [, name, value] = form.exec(text) ?? [];
    if (name === undefined || value === undefined) throw invalid(expected, 'Write it in this form, in quotes.');
    if (found.has(name)) throw invalid(`${expected.split(':')[0]}: one name is given twice`, 'Give each name once.');

    found.set(name, value.trim());
  }
  return Object.fromEntries(found);
}

function invalid(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}

/** Shows on a terminal how many calls are done, on one line of stderr that is removed at the end. */
export function probeProgress({ stderr }: Io): {
  readonly show: (done: number, all: number) => void;
  readonly end: () => void;
} {
  if (!stderr.isTerminal) return { show: () => undefined, end: () => undefined };

  let shown = '';
  const write = (text: string): void => {
    stderr.write(`\r${text.padEnd(shown.length)}`);
    shown = text;
  };
  return {
    show: (done, all) => write(`called ${done} of ${all}`),
    end: () => {
      if (shown === '') return;

      write('');
      stderr.write('\r');
    },
  };
}
