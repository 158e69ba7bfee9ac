import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../../src/main.js';
import { Interrupted } from '../../src/process/interruption.js';
import { ADDRESS, normalOutput } from './normal-output.js';

/** The shell in which a page is followed: one folder, one environment, and at most one simulator at a time. */
export interface Shell {
  /** Runs the lines of a block and returns what they print, as a page shows it. @throws {Error} for a command that it does not support */
  readonly run: (block: string) => Promise<string>;
  readonly write: (file: string, text: string) => void;
  readonly close: () => Promise<void>;
}

export function shellIn(folder: string): Shell {
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
    const sink = { write, isTerminal: false };
    const served = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace(ADDRESS, url)]));
    return main(argv, { stdout: sink, stderr: sink, canAsk: false, env: served, cwd: inFolder, signal });
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
        if (/Stop them with Ctrl\+C\.\n(?:note: .*\n)*$/.test(out)) setImmediate(() => begin(out));
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
      const status = await postern(words, (more) => (out += more), new AbortController().signal);
      if (status !== Number(wanted)) throw new Error(`${line}: status ${status}\n${out}`);
      return out;
    }
    return '';
  };
  return {
    run: async (block) => {
      let out = '';
      for (const line of block.split('\n').filter((one) => one.trim() !== '')) out += await command(line);
      return normalOutput(out, url);
    },
    write: (file, text) => writeFileSync(path.join(cwd, file), text),
    close: () => stop(),
  };
}
