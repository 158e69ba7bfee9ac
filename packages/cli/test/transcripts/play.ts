import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { SimulationServer } from '@postern/simulator';
import { Interrupted } from '../../src/process/interruption.js';
import { folder, run } from '../run-command.js';
import { END, isCommand, type Story } from './story.js';
import { WORLDS } from './worlds.js';

/** What a command wrote, and how it ended. */
interface Answer {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

type Operation = Parameters<SimulationServer['simulation']['call']>[0];
type Action = Parameters<SimulationServer['simulation']['callAlibaba']>[0];

/** The ID of a run is random. A story has `run-0001` in its place, also where it is typed. */
const RUN = /(?<=^|Z-)[0-9a-f]{8}(?=: | {2}2026-|[,"]|$)/gm;

/** The identity that is proposed for a spec is random. */
const IDENTITY = /(?<=Add the line `spec: [\w-]+-)[a-z0-9]{6}(?=`)/g;

/** A time. That of the machine is `NOW`: clouds of programs have no clock of their own. */
const TIME = /\b\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** What each command prints that calls a simulated cloud, or that an old version of Node.js runs. */
const BANNER = /^(?:\*\*\* SIMULATOR: .*\*\*\*|note: Node\.js .*)\n/gm;

/** `$PACKAGES` of a command of the shell: the fixtures of other tests are below it. */
const PACKAGES = path.resolve(import.meta.dirname, '../../..');

/** The end of a command whose output is not shown. */
const QUIET = / > \/dev\/null$/;

/** The end of a command of a pipe that gives the next one its errors, too. */
const BOTH = / 2>&1\s*$/;

/** The headers of an answer that say what is wrong. */
const SHOWN = /^(?:x-ca-error-(?:code|message)|x-amzn-errortype)$/;

/** The commands of a pipe. */
const PIPED = /(?:'[^']*'|"(?:\\.|[^"])*"|(?! \| )[^'"])+/g;

/** The commands that are played here. All others are those of a shell: `cat`, `sed`, `cp`. */
const HERE = /^(?:[A-Z]\w*=\S* )*(?:postern|cloud|world|export|cd)\b/;

/** The words of a line as a shell reads them. */
function wordsOf(line: string): string[] {
  return (line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}

/** A folder, a simulated cloud where the story has a world, and what was done in them so far. */
class Scene {
  readonly #top = realpathSync(folder());
  #cwd = this.#top;
  #server: SimulationServer | undefined;
  #seen = 0;
  readonly #runs: string[] = [];
  readonly #env: Record<string, string> = {};

  /** A command of a story, and what it printed, as a transcript has both. */
  async play(line: string): Promise<string> {
    const [command = ''] = line.slice(2).split('\n');
    const typed = line
      .slice(2)
      .replaceAll('/home/you', this.#top)
      .replaceAll('http://simulator', this.#server?.url ?? '');
    const { status, out, err } = END.test(command) ? this.#shell(typed) : await this.#pipe(typed.replace(QUIET, ''));
    const shown = [
      ...this.#linesOf(QUIET.test(command) ? '' : out).map((one) => (one === '' ? '' : `  ${one}`)),
      ...this.#linesOf(err).map((one) => `! ${one}`.trimEnd()),
      ...(status === 0 ? [] : [`exit ${status}`]),
    ];
    return [line, ...shown].join('\n');
  }

  #linesOf(text: string): string[] {
    const shown = text
      .replaceAll(RUN, (id) => this.#nameOf(id))
      .replaceAll(IDENTITY, '1a2b3c')
      .replaceAll(TIME, (time) => (Math.abs(Date.now() - Date.parse(time)) < 3_600_000 ? 'NOW' : time))
      .replaceAll(this.#top, '/home/you')
      .replaceAll(PACKAGES, '$PACKAGES')
      .replaceAll(this.#server?.url ?? '\0', 'http://simulator')
      .replace(BANNER, '')
      .replace(/\n$/, '');
    return shown === '' && text !== '\n' ? [] : shown.split('\n');
  }

  #nameOf(id: string): string {
    if (!this.#runs.includes(id)) this.#runs.push(id);
    return `run-${String(this.#runs.indexOf(id) + 1).padStart(4, '0')}`;
  }

  async #pipe(line: string): Promise<Answer> {
    let last: Answer = { status: 0, out: '', err: '' };
    const stages = (line.match(PIPED) ?? []).map((stage) => stage.replace(/^\s*\| /, ''));
    if (!stages.some((stage) => HERE.test(stage))) return this.#shell(line);
    for (const [at, stage] of stages.entries()) {
      const given = await this.#stage(stage.replace(BOTH, ''), at === 0 ? undefined : last.out);
      const { out, err, status } = BOTH.test(stage) ? { ...given, out: given.out + given.err, err: '' } : given;
      last = { out, err: last.err + err, status: status === 0 ? last.status : status };
    }
    return last;
  }

  #stage(line: string, stdin: string | undefined): Promise<Answer> | Answer {
    const given = line.replaceAll(/\brun-(\d{4})\b/g, (_, at: string) => this.#runs[Number(at) - 1] ?? '');
    const words = wordsOf(given.replaceAll('$PACKAGES', PACKAGES));
    const settings = words.slice(
      0,
      words.findIndex((word) => !/^[A-Z]\w*=/.test(word)),
    );
    const [name = '', ...rest] = words.slice(settings.length);
    const own = Object.fromEntries(
      settings.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
    );
    if (name === 'postern') {
      const { COLUMNS, ...env }: Record<string, string> = { ...this.#env, ...own };
      const more = {
        ...(stdin === undefined ? {} : { stdin }),
        ...(COLUMNS === undefined ? {} : { columns: Number(COLUMNS) }),
      };
      if (rest[0] === 'simulate') return this.#simulate(rest);
      return run(rest, { cwd: this.#cwd, env, stopsAtFindings: true, ...more });
    }
    if (name === 'export') Object.assign(this.#env, Object.fromEntries(rest.map((one) => one.split('='))));
    else if (name === 'cd') this.#cwd = path.resolve(this.#cwd, rest[0] ?? '');
    else if (name === 'world') return this.#begin(rest);
    else if (name === 'cloud') return this.#cloud(rest);
    else return this.#shell(line, stdin);
    return { status: 0, out: '', err: '' };
  }

  /** The simulated clouds on a free port, which a story shows as the usual one, until they listen. */
  async #simulate(argv: readonly string[]): Promise<Answer> {
    const end = new AbortController();
    const onOut = (out: string): void => void (out.includes('://') && end.abort(new Interrupted('SIGINT')));
    const { status, out, err } = await run([...argv, '--port', '0'], { cwd: this.#cwd, signal: end.signal, onOut });
    const usual = (text: string): string => text.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, '4010');
    return { status: end.signal.aborted ? 0 : status, out: usual(out), err: usual(err) };
  }

  #shell(line: string, input = ''): Answer {
    const env = { ...process.env, PACKAGES };
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: this.#cwd, env, input, encoding: 'utf8' });
    return { status: status ?? 1, out: stdout, err: stderr };
  }

  /** `world NAME QUOTA=NUMBER… at=TIME throttle=on`: a simulated cloud, and the files of a world in the folder. */
  async #begin([name = '', ...settings]: readonly string[]): Promise<Answer> {
    const world = WORLDS[name];
    if (world === undefined) throw new Error(`no world ${name}: ${Object.keys(WORLDS).join(', ')}`);
    const { at, throttle, ...quotas } = Object.fromEntries(settings.map((one) => one.split('=') as [string, string]));
    const limits = Object.fromEntries(Object.entries(quotas).map(([quota, value]) => [quota, Number(value)]));
    this.#server = await world(this.#cwd, {
      quotas: limits,
      ...(at === undefined ? {} : { startAt: at }),
      ...(throttle === undefined ? {} : { throttle: true }),
    });
    this.#env['POSTERN_SIMULATOR'] = this.#server.url;
    this.#seen = this.#server.simulation.journal().length;
    return { status: 0, out: '', err: '' };
  }

  /**
   * `cloud get URL [HEADERS [METHOD]]` calls a gateway. `cloud calls [PATTERN]`, `cloud fault JSON`, `cloud repair`, `cloud backend JSON`, `cloud plant JSON [REGION]`, `cloud wait MINUTES`,
   * `cloud SERVICE OPERATION JSON [REGION]`, `cloud PRODUCT ACTION JSON [REGION]` of Alibaba Cloud.
   */
  async #cloud([what = '', name = '{}', input = '{}', region]: readonly string[]): Promise<Answer> {
    const { simulation } = this.#server!;
    const from = this.#seen;
    let out = '';
    if (what === 'calls') {
      const pattern = new RegExp(name === '{}' ? '' : name);
      const calls = simulation
        .journal()
        .slice(from)
        .map(({ operation }) => operation);
      out = calls
        .filter((operation) => pattern.test(operation))
        .map((operation) => `${operation}\n`)
        .join('');
    } else if (what === 'fault') simulation.faults.add(JSON.parse(name) as Parameters<typeof simulation.faults.add>[0]);
    else if (what === 'repair') simulation.faults.clear();
    else if (what === 'plant')
      simulation.plant(
        input === '{}' ? 'cn-hangzhou' : input,
        JSON.parse(name) as Parameters<typeof simulation.plant>[1],
      );
    else if (what === 'wait') await simulation.advance(Number(name) * 60_000);
    else if (what === 'get') {
      const { host, pathname, search } = new URL(name);
      const given = JSON.parse(input) as Record<string, string>;
      const { status, headers, body } = await simulation.traffic.call({
        host,
        method: region ?? 'GET',
        path: pathname + search,
        headers: given,
      });
      const shown = Object.entries(headers).filter(([header]) => SHOWN.test(header));
      out = `HTTP ${status}\n${shown.map(([header, value]) => `${header}: ${value.toString()}\n`).join('')}${body}\n`;
    } else if (what === 'backend')
      simulation.backends.add(JSON.parse(name) as Parameters<typeof simulation.backends.add>[0]);
    else {
      const given = JSON.parse(input) as Record<string, unknown>;
      try {
        const answer = /^[A-Z]/.test(what)
          ? simulation.callAlibaba({ product: what, action: name, region: region ?? 'cn-hangzhou' } as Action, given)
          : simulation.call({ service: what, operation: name, region: region ?? 'eu-west-1' } as Operation, given);
        out = `${JSON.stringify(answer, undefined, 2)}\n`;
      } catch (error) {
        return { status: 1, out: '', err: `${String(error)}\n` };
      }
    }
    this.#seen = simulation.journal().length;
    return { status: 0, out, err: '' };
  }
}

/** Plays a story in a new folder. The answer is its text, as a transcript has it. */
export async function played({ title, before, lines }: Story): Promise<string> {
  const scene = new Scene();
  for (const line of before) if ((await scene.play(line)) !== line) throw new Error(`${line}: it prints something`);
  let text = `== ${title}\n`;
  let isAfterComment = false;
  for (const line of lines) {
    text += `${isAfterComment ? '' : '\n'}${isCommand(line) ? await scene.play(line) : line}\n`;
    isAfterComment = !isCommand(line);
  }
  return text.trimEnd();
}
