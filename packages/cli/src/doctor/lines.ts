import { retiredNode } from '../process/node-version.js';
import { VERSION } from '../version.js';
import { displayText, type Style } from '@postern/core/internal/report';

type Environment = Readonly<Record<string, string | undefined>>;

/** What can be said of this machine without a call. Values of variables are not shown: those of proxies may contain a password. */
export function machineLines(env: Environment, node: string): readonly Line[] {
  return [
    { what: 'postern', status: 'ok', message: `version ${VERSION}`, details: { version: VERSION } },
    nodeLine(node),
    proxyLine(env),
    endpointLine(env),
  ];
}

function nodeLine(version: string): Line {
  const retired = retiredNode(version);
  const details = { version };
  if (retired === undefined) return { what: 'Node.js', status: 'ok', message: `version ${version}`, details };

  return { what: 'Node.js', status: 'warning', message: retired, remedy: 'Install Node.js 22 or newer.', details };
}

/** Of each the names in which programs look it up. */
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);

/** The adapters of both clouds call through the proxy that a variable names. */
function proxyLine(env: Environment): Line {
  const set = PROXIES.filter((name) => isSet(env, name));
  const excluded = ['NO_PROXY', 'no_proxy'].filter((name) => isSet(env, name));
  if (set.length === 0) return { what: 'proxy', status: 'ok', message: 'no variable names one' };

  const are = set.length === 1 ? 'is' : 'are';
  const but = excluded.length === 0 ? '' : `, except for the hosts of ${excluded.join(' and ')}`;
  return {
    what: 'proxy',
    status: 'ok',
    message: `${set.join(' and ')} ${are} set: calls of the clouds go through that proxy${but}`,
    details: { variables: [...set, ...excluded] },
  };
}

function endpointLine(env: Environment): Line {
  const named = Object.keys(env).filter((name) => /^AWS_ENDPOINT_URL(?:_\w+)?$/.test(name) && isSet(env, name));
  const ignored = /^true$/i.test(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? '');
  if (isSet(env, 'POSTERN_SIMULATOR') || named.length === 0 || ignored)
    return {
      what: 'endpoints',
      status: 'ok',
      message: isSet(env, 'POSTERN_SIMULATOR') ? 'those of the simulator' : 'those of the clouds',
    };

  return {
    what: 'endpoints',
    status: 'warning',
    message: `${named.sort().join(' and ')} ${named.length === 1 ? 'is' : 'are'} set: calls of AWS go there`,
    remedy: `Unset ${named.join(' and ')} to call AWS.`,
    details: { variables: named },
  };
}

function isSet(env: Environment, name: string): boolean {
  return (env[name] ?? '') !== '';
}

/** What was found of one thing that commands need. */
export interface Line {
  /** What was looked at: `credentials`. */
  readonly what: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** Of which cloud and region: `aws eu-west-1`. */
  readonly of?: string | undefined;
  readonly message: string;
  /** What to do; each line that is not ok has it. */
  readonly remedy?: string | undefined;
  /** What programs use: codes, versions, permissions. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

const STYLES = { ok: 'pass', warning: 'warning', failed: 'error' } as const;

/** Behind the longest status. */
const INDENT = ' '.repeat('warning'.length + 2);

/** `failed   credentials aws eu-west-1: …`, and below it what to do; in lines of at most `columns`, as far as words allow. */
export function lineText(
  { what, of, status, message, remedy }: Line,
  {
    paint,
    columns,
  }: { readonly paint?: ((style: Style, text: string) => string) | undefined; readonly columns?: number | undefined },
): string {
  const head = `${paint?.(STYLES[status], status) ?? status}${INDENT.slice(status.length)}`;
  const about = of === undefined ? what : `${what} ${of}`;
  const texts = [`${about}: ${message}`, ...(remedy === undefined ? [] : [remedy])];
  const lines = texts.flatMap((text) => wrapped(displayText(text), (columns ?? Infinity) - INDENT.length));
  return lines.map((line, at) => `${at === 0 ? head : INDENT}${line}\n`).join('');
}

/** A text in lines of at most `width`; longer words are not broken. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
