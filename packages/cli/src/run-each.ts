import { jsonText } from '@postern/core/internal/report';
import { handleError } from './errors/handle-error.js';
import type { Invocation } from './invocation.js';
import { note, printJson, printLines } from './output/print.js';
import type { Io } from './process/io.js';
import { loadSpec } from './spec/load-spec.js';
import { refuseUnused } from './spec/spec-input.js';

/** The statuses of several runs as one: the first of these that one of them has. */
const WORST = [64, 1, 75, 3, 2];

interface Manner {
  /** The command. */
  readonly name: string;
  /** Whether the next spec is still read where one has failed. */
  readonly goesOn: boolean;
}

/**
 * Carries out a command for each of several specs, after all of them could be read. With `--json`, documents are one:
 * `{"specs":[{"spec":"a.yaml","status":0,"result":{…}}]}`, and lines have a member `spec`. Returns the worst exit status.
 * @throws {PosternError} what reading a spec throws, and `Interrupted`.
 */
export async function runEach(
  run: (invocation: Invocation) => Promise<number>,
  { io, args: specs, options }: Invocation,
  { name, goesOn }: Manner,
): Promise<number> {
  const region = typeof options['region'] === 'string' ? options['region'] : undefined;
  for (const spec of specs) await loadSpec(spec, io, { region, factsOnly: true });
  if (io.spec !== undefined) refuseUnused(io.spec);
  const documents: object[] = [];
  const statuses: number[] = [];
  for (const [at, spec] of specs.entries()) {
    const part = options.json === true ? collecting(io, spec) : undefined;
    if (part === undefined) printLines(io, ...(at === 0 ? [] : ['']), `── ${spec}`, '');
    const status = await run({ io: part?.io ?? io, args: [spec], options }).catch((error: unknown) => {
      if (io.signal.aborted) throw error;

      return handleError(error, part?.io ?? io, [name, ...(options.debug === true ? ['--debug'] : [])]);
    });
    if (io.signal.aborted) throw io.signal.reason;

    statuses.push(status);
    const result: unknown = part === undefined || part.text() === '' ? undefined : JSON.parse(part.text());
    if (result !== undefined && goesOn) documents.push({ spec, status, result });
    else if (result !== undefined) part?.io.stdout.writeLine?.(result);
    if (status === 0 || goesOn) continue;

    const rest = specs.slice(at + 1);
    if (rest.length > 0) note(io, `${name} was not tried for ${rest.join(', ')}`);
    break;
  }
  if (documents.length > 0) printJson(io, { specs: documents });
  return WORST.find((status) => statuses.includes(status)) ?? 0;
}

/** Collects a document, and prints lines of JSON with the name of their spec. */
function collecting(io: Io, spec: string): { readonly io: Io; readonly text: () => string } {
  let text = '';
  let isLine = false;
  const { stdout } = io;
  const writeLine = (value: unknown): void => {
    const line = { spec, ...(value as object) };
    if (stdout.writeLine === undefined) stdout.write(`${jsonText(line)}\n`);
    else stdout.writeLine(line);
  };
  const sink = {
    write: (more: string) => void (text += more),
    writeLine: (value: unknown) => {
      isLine = true;
      writeLine(value);
    },
    get isUsed() {
      return isLine || text !== '';
    },
    isTerminal: false,
  };
  return { io: { ...io, stdout: sink }, text: () => text };
}
