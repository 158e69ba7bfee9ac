import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../../src/main.js';
import { Interrupted } from '../../src/process/interruption.js';
import { ADDRESS, normalOutput } from './normal-output.js';
import { COLUMNS, onTerminal, Screen } from './terminal.js';

/** The shell in which a page is followed: one folder, one environment, and at most one simulator at a time. */
export interface Shell {
  /** Runs the lines of a block and returns what they print, as a page shows it. @throws {Error} for a command that it does not support */
  readonly run: (block: string) => Promise<string>;
  readonly write: (file: string, text: string) => void;
  /** A file without its comments and empty lines. */
  readonly withoutComments: (file: string) => string;
  /** Changes a file as a difference shows it, in parts after `@@`. @throws {Error} where the file has not what is replaced */
  readonly edit: (file: string, difference: string) => void;
  readonly close: () => Promise<void>;
}

/** In a terminal commands ask, and draw their progress. Else they write to a pipe, in lines of the same length. */
export function shellIn(folder: string, { isTerminal = false } = {}): Shell {
  let cwd = folder;
  let url = ADDRESS;
  const env: Record<string, string> = {};
  let stop = async (): Promise<void> => undefined;

  const postern = async (
    argv: readonly string[],
    write: (text: string) => void,
    signal: AbortSignal,
    inFolder = cwd,
  ) => {
    const sink = { write, isTerminal, columns: COLUMNS };
    const served = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace(ADDRESS, url)]));
    return main(argv, { stdout: sink, stderr: sink, canAsk: isTerminal, env: served, cwd: inFolder, signal });
  };
  /** `postern simulate` runs beside the other commands, as in a second terminal in the first folder. */
  const simulate = async (argv: readonly string[]): Promise<string> => {
    await stop();
    const end = new AbortController();
    let out = '';
    let begin: (text: string) => void = () => undefined;
    const listening = new Promise<string>((resolve) => (begin = resolve));
    const ended = postern(
      [...argv, '--port', '0'],
      (text) => {
        out += text;
        [url = url] = /http:\/\/[\w.:]+/.exec(out) ?? [];
        if (/Stop them with Ctrl\+C\.\n(?:note: .*\n)*$/.test(out))
          setImmediate(() => begin(isTerminal ? shown(out) : out));
      },
      end.signal,
      folder,
    );
    stop = async () => {
      end.abort(new Interrupted('SIGINT'));
      await ended;
    };
    return Promise.race([
      listening,
      ended.then((status) => Promise.reject(new Error(`it ended with ${status}: ${out}`))),
    ]);
  };
  const command = async (line: string): Promise<string> => {
    const [, text = '', wanted = '0'] = /^(.*?)(?:\s+# exit status (\d+)|\s+# .*)?$/.exec(line) ?? [];
    const [name = '', ...words] = [...text.matchAll(/'([^']*)'|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    );
    const [first = ''] = words;
    if (name === 'mkdir') mkdirSync(path.join(cwd, first));
    else if (name === 'cd') cwd = path.join(cwd, first);
    else if (name === 'cat') return readFileSync(path.join(cwd, first), 'utf8');
    else if (name === 'export') env[first.split('=')[0] ?? ''] = first.replace(/^\w+=/, '');
    else if (name !== 'postern') throw new Error(`the pages may not use ${name}`);
    else if (first === 'simulate') return simulate(words);
    else {
      let out = '';
      let status = 0;
      const run = async (write: (text: string) => void): Promise<void> =>
        void (status = await postern(words, write, new AbortController().signal));
      if (isTerminal) out = await onTerminal(run);
      else await run((more) => (out += more));
      if (status !== Number(wanted)) throw new Error(`${line}: status ${status}\n${out}`);
      return out;
    }
    return '';
  };
  return {
    run: async (block) => {
      let out = '';
      const lines = block.replaceAll(/ \\\n +/g, ' ').split('\n');
      for (const line of lines.filter((one) => one.trim() !== '')) out += await command(line);
      return normalOutput(out, url);
    },
    write: (file, text) => writeFileSync(path.join(cwd, file), text),
    withoutComments: (file) =>
      normalOutput(readFileSync(path.join(cwd, file), 'utf8'), url)
        .replaceAll(/(?:^| +)#.*$/gm, '')
        .replaceAll(/\n{2,}/g, '\n')
        .trimStart(),
    edit: (file, difference) => {
      const full = path.join(cwd, file);
      for (const part of difference.split(/^@@.*\n/m)) {
        const [before, after] = ['-', '+'].map((sign) =>
          part.replaceAll(/^(.)(.*\n)/gm, (_, first, rest) => (first === ' ' || first === sign ? rest : '')),
        ) as [string, string];
        const text = readFileSync(full, 'utf8');
        if (!text.includes(before)) throw new Error(`${file} has not:\n${before}${text}`);
        writeFileSync(full, text.replace(before, after));
      }
    },
    close: () => stop(),
  };
}

/** What a terminal shows of a text. */
function shown(text: string): string {
  const screen = new Screen();
  screen.write(text);
  return screen.text;
}
